"""An index copied into PostgreSQL: the same numbers, counted, and one generation live."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select, text

from retrieval.collection.collection import Collection
from retrieval.collection.index_folder import IndexFolder
from retrieval.collection.manifest import Manifest
from retrieval.context import searched_words
from retrieval.database.building import build
from retrieval.database.connection import Database
from retrieval.database.generation import Generation, Version, new_schema
from retrieval.database.generations import Generations, versions
from retrieval.database.schema import GENERATIONS, PASSAGES, SENTENCES, TERMS
from retrieval.index.file_index import FileIndex
from retrieval.settings import RetrievalSettings
from tests.helpers.word_encoder import WordEncoder


@pytest.fixture
def files(settings: RetrievalSettings) -> Path:
    """Return the folder of an index of two documents."""
    Collection.open(settings, WordEncoder())
    live = IndexFolder.of(settings).live()
    assert live
    return live


def built(database: Database, files: Path, exact_up_to: int = 5_000) -> Generation:
    with Generations(database, "").locked() as writer:
        return build(writer, files, Manifest.load(files), exact_up_to)


@pytest.mark.parametrize("exact_up_to", [0, 5_000])
def test_vectors_tokens_and_weights_are_those_of_the_files(
    database: Database, files: Path, exact_up_to: int
) -> None:
    generation = built(database, files, exact_up_to)
    index = FileIndex.load(files)
    with database.transaction() as connection:
        connection.execution_options(schema_translate_map={None: generation.schema})
        passages = connection.execute(select(PASSAGES).order_by(PASSAGES.c.document)).all()
        sentences = connection.execute(
            select(SENTENCES).order_by(SENTENCES.c.document, SENTENCES.c.place)
        ).all()
        words = {one.word: one.term for one in connection.execute(select(TERMS))}
    vectors = np.array([one.vector for one in passages], dtype=np.float32)
    assert (vectors == index.files.passage_vectors.get(np.arange(2))).all()
    assert [(one.document, one.place, one.language) for one in passages] == [
        (0, 0, "en"),
        (1, 0, "vi"),
    ]
    assert [(one.document, one.passage, one.place) for one in sentences] == [
        (0, 0, 0),
        (0, 0, 1),
        (1, 0, 0),
        (1, 0, 1),
    ]
    postings = index.files.lexical.postings
    number = postings.words.index("russia")
    place = passages[0].terms.index(words["russia"])
    assert passages[0].weights[place] == pytest.approx(
        float(postings.weights[postings.first[number]])
    )


def test_one_generation_is_live_and_the_one_before_it_old(database: Database, files: Path) -> None:
    first, second = built(database, files), built(database, files)
    generations = Generations(database, "")
    assert generations.live() == second
    assert versions(database) == {"": Version(second.schema, 0)}
    assert states(database) == {first.schema: "old", second.schema: "live"}


def test_what_dead_builds_left_is_dropped(database: Database, files: Path) -> None:
    live = built(database, files)
    with Generations(database, "").locked() as writer:
        writer.begin(replace(live, schema=new_schema()), 256)
    assert sorted(states(database).values()) == ["building", "live"]
    with Generations(database, "other").locked():
        assert len(states(database)) == 2
    with Generations(database, "").locked():
        assert states(database) == {live.schema: "live"}
    with database.transaction() as connection:
        names = connection.execute(text("SELECT nspname FROM pg_namespace")).scalars()
        assert [one for one in names if one.startswith("trichdan_")] == [live.schema]


def test_the_average_length_follows_from_the_weights(database: Database, files: Path) -> None:
    generation = built(database, files)
    lengths = [len(searched_words(one)) for one in FileIndex.load(files).passages]
    assert generation.average_words == pytest.approx(sum(lengths) / 2, rel=1e-5)


def states(database: Database) -> dict[str, str]:
    with database.transaction() as connection:
        return {one.schema: one.state for one in connection.execute(select(GENERATIONS))}
