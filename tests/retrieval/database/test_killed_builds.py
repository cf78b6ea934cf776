"""Builds killed by signal 9: the live generation is always whole, and the next start cleans up."""

from __future__ import annotations

import subprocess
import sys
from random import Random

import pytest
from sqlalchemy import func, select

from retrieval.database.connection import Database
from retrieval.database.generation import Generation
from retrieval.database.generations import Generations
from retrieval.database.schema import DOCUMENTS, GENERATIONS, PASSAGES, SENTENCES
from retrieval.settings import RetrievalSettings
from tests.helpers.paths import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal 9")

KILLED = -9


def build(settings: RetrievalSettings, moment: int = 0) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "tests.helpers.database_builder"]
    where = [str(settings.seeds), str(settings.index), settings.collection_url]
    return subprocess.run(  # noqa: S603
        [*program, *where, str(moment)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=not moment,
    )


def live(database: Database) -> Generation:
    """Return the live generation, whose tables must hold what its row says."""
    generation = Generations(database, "").live()
    assert generation
    with database.reading(generation.schema) as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (DOCUMENTS, PASSAGES, SENTENCES)
        ]
    manifest = generation.manifest
    assert counts == [manifest.documents, manifest.passages, manifest.sentences]
    return generation


def texts(database: Database, generation: Generation) -> set[str]:
    with database.reading(generation.schema) as connection:
        return set(connection.execute(select(DOCUMENTS.c.record)).scalars())


@pytest.mark.parametrize("changed", [False, True])
def test_a_killed_build_leaves_a_generation_that_works(
    settings: RetrievalSettings, database: Database, changed: bool
) -> None:
    for number in range(8 if changed else 0):  # so that one of them is less than a fifth
        (settings.seeds / f"more{number}.txt").write_text(f"Pier {number} was closed.\n")
    build(settings)
    (settings.seeds / "a.txt").write_text("Laos chaired the meeting.\n")
    moments = int(build(settings).stdout)
    (settings.seeds / "a.txt").write_text("Brunei chaired the meeting.\n")
    before = texts(database, live(database))
    for moment in Random(5).sample(range(moments // 3, moments - 3), 2):  # noqa: S311
        assert build(settings, moment).returncode == KILLED
        assert texts(database, live(database)) == before
    build(settings)
    assert any("Brunei chaired" in one for one in texts(database, live(database)))
    with database.transaction() as connection:
        states = connection.execute(select(GENERATIONS.c.state)).scalars().all()
    assert "building" not in states
