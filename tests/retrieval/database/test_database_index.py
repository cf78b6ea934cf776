"""An index in PostgreSQL is asked as the one in files that it was copied from."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete

from retrieval.answers import Answer
from retrieval.collection.builder import IndexBuilder
from retrieval.collection.manifest import Manifest, Origin
from retrieval.database import schema
from retrieval.database.building import build
from retrieval.database.connection import Database
from retrieval.database.database_index import DatabaseIndex
from retrieval.database.database_search import DatabaseSearch
from retrieval.database.generations import Generations
from retrieval.documents import Document
from retrieval.encoding.cache import VectorCache
from retrieval.encoding.encoder import Encoder, Vectors
from retrieval.encoding.loading import load_encoder
from retrieval.index.arrays import Ids
from retrieval.index.file_index import FileIndex
from retrieval.index.filters import Filter
from retrieval.index.maxsim import MaxSim
from retrieval.index.search import PassageGoneError
from retrieval.passages import passages_of
from retrieval.ranking.query import Query
from retrieval.reading.parser import parse
from retrieval.retriever import Retriever
from tests.helpers.paths import SEEDS
from tests.helpers.word_encoder import WordEncoder

TIDE = "The ferry to Lan Island leaves at nine. High tide holds it back for 40 minutes."
DOCUMENTS = (
    Document("a.txt", TIDE, language="en", date="2021-03-01", source="Sen"),
    Document("b.txt", "Giá chè xanh ở Lạng Sơn tăng 10%. Nông dân vui.", language="vi"),
    Document("c.txt", f"Ferries\n\n{TIDE}", language="en", date="2022-06", source="Sen News"),
    Document(
        "d.md",
        "Điều 5. Phạm vi\n\n1. Bến phà mở lúc sáu giờ.\n\n2. Phà nghỉ khi có bão.",
        title="Quy chế bến phà",
        language="vi",
        date="2023",
    ),
    Document("z.txt", "Giã gạo bằng cối đá. Chè xanh pha nóng.", language="vi"),
    Document("é.txt", "Green tea costs 30. Black tea costs 20.", language="en", source="Lotus"),
)
QUESTIONS = (
    "When does the ferry leave?",
    "giá chè xanh",
    "Chè",
    "gia",
    "khoản 2 Điều 5 nói gì?",
    "ferry after:2022",
    "ferry source:sen",
    "tea source:Bamboo",
    "newest ferry",
    "Did 50 ferries leave Oslo?",
    "What costs 20?",
    "zebra",
    "?",
)


@dataclass(frozen=True)
class Engines:
    """The same passages in files and in a generation."""

    files: FileIndex
    database: DatabaseIndex
    encoder: Encoder

    @classmethod
    def of(
        cls, folder: Path, encoder: Encoder, database: Database, exact_up_to: int = 5_000
    ) -> Engines:
        files = FileIndex.load(folder)
        counts = len(files.documents), files.passage_count, files.sentence_count
        parsed_from = dict.fromkeys((one.name for one in files.documents), "")
        manifest = Manifest(Origin("", "", ""), *counts, parsed_from=parsed_from)
        with Generations(database, "").locked() as writer:
            generation = build(writer, folder, manifest, exact_up_to)
        return cls(files, DatabaseIndex.load(database, generation), encoder)

    def answers(self, question: str, limit: int = 5) -> list[Answer]:
        both = self.files, self.database
        return [Retriever(one, self.encoder).ask(question, limit) for one in both]


def written(documents: Sequence[Document], encoder: Encoder, scratch: Path) -> Path:
    """Return the folder of an index in files."""
    (scratch / "files").mkdir()
    passages = [one for each in documents for one in passages_of(each)]
    with closing(VectorCache.open(scratch / "vectors.sqlite", encoder)) as cache:
        IndexBuilder(cache).build(passages, scratch / "files")
    return scratch / "files"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(DOCUMENTS, WordEncoder(), tmp_path_factory.mktemp("written"))


@pytest.fixture
def engines(folder: Path, database: Database) -> Engines:
    return Engines.of(folder, WordEncoder(), database)


def told(answer: Answer) -> tuple[object, ...]:
    """Return all that an answer tells, but the scores."""
    hits = [
        (one.document, one.passage, one.highlight, [other.name for other in one.also_in])
        for one in answer.hits
    ]
    return hits, answer.outcome, answer.missing, answer.outside, answer.restored


def scores(answer: Answer) -> list[float]:
    return [one.score for one in answer.hits]


@pytest.mark.parametrize("exact_up_to", [0, 5_000])
def test_answers_are_those_from_files(folder: Path, database: Database, exact_up_to: int) -> None:
    engines = Engines.of(folder, WordEncoder(), database, exact_up_to)
    for question in QUESTIONS:
        expected, found = engines.answers(question)
        assert told(found) == told(expected), question
        assert scores(found) == pytest.approx(scores(expected), abs=1e-6), question


def test_with_the_encoder_that_ships_answers_are_those_from_files(
    database: Database, tmp_path: Path
) -> None:
    documents = [parse(one.name, one.read_bytes()) for one in sorted(SEEDS.glob("*.*"))]
    encoder = load_encoder("")
    engines = Engines.of(written(documents, encoder, tmp_path), encoder, database)
    questions = [one.title for one in documents if one.title]
    assert questions
    for question in questions:
        expected, found = engines.answers(question)
        assert told(found) == told(expected), question
        assert scores(found) == pytest.approx(scores(expected), abs=1e-6), question


def test_some_documents_alone_answer_as_from_files(engines: Engines) -> None:
    digits = {DOCUMENTS[2].digits, DOCUMENTS[5].digits}
    expected, found = (
        Retriever(one, engines.encoder).ask_among("When does the ferry leave?", digits, 5)
        for one in (engines.files, engines.database)
    )
    assert told(found) == told(expected)
    assert {hit.document.name for hit in found.hits} == {"c.txt", "é.txt"}


def test_coverage_is_that_of_the_files_to_the_last_bit(engines: Engines) -> None:
    for question in QUESTIONS:
        words = engines.files.word_weights(question)
        assert engines.database.word_weights(question) == words
        vector = WordEncoder().encode_query("ferry").vector
        expected, found = (
            one.search(vector, words).found(50, Filter())
            for one in (engines.files, engines.database)
        )
        assert expected is not None
        assert found is not None
        assert found.coverage.tolist() == expected.coverage.tolist()
        assert list(found.languages) == list(expected.languages)
        assert found.dense == pytest.approx(expected.dense, abs=1e-6)


def test_documents_are_listed_and_found_one_by_one(engines: Engines) -> None:
    documents, files = engines.database.documents, engines.files.documents
    assert len(documents) == len(DOCUMENTS)
    assert list(documents) == list(files) == list(DOCUMENTS)
    assert (documents[0], documents[-1]) == (DOCUMENTS[0], DOCUMENTS[-1])
    assert documents[1:3] == DOCUMENTS[1:3]
    assert documents[::-2] == DOCUMENTS[::-2]
    with pytest.raises(IndexError):
        documents[len(DOCUMENTS)]
    assert documents.digits == files.digits
    assert documents.named("é.txt") == DOCUMENTS[5]
    assert documents.named("e.txt") is None
    assert documents.with_hash(DOCUMENTS[3].digits) == DOCUMENTS[3]
    assert documents.with_hash("0" * 16) is None


def test_a_document_tells_its_passages_and_its_duplicates(engines: Engines) -> None:
    index, files = engines.database, engines.files
    assert (index.passage_count, index.languages) == (files.passage_count, ("en", "vi"))
    for document in DOCUMENTS:
        assert index.passages_of(document) == files.passages_of(document)
        assert index.also_in(document) == files.also_in(document)
    assert index.also_in(DOCUMENTS[0]) == (DOCUMENTS[2],)
    assert index.passages_of(Document("a.txt", "Other words.")) == ()


def test_words_are_held_by_some_passage_or_by_none(engines: Engines) -> None:
    assert engines.database.holds_any(["zebra", "ferry"])
    assert not engines.database.holds_any(["zebra", "a\0b"])


def test_threads_ask_at_once(engines: Engines) -> None:
    retriever = Retriever(engines.database, engines.encoder)
    expected = [told(retriever.ask(question)) for question in QUESTIONS]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(retriever.ask, QUESTIONS * 4))
    assert [told(one) for one in found] == expected * 4


def remove_first(engines: Engines, database: Database) -> None:
    """Remove the first document as another process does, all of its rows at once."""
    tables = (schema.DOCUMENTS, schema.PASSAGES, schema.SENTENCES, schema.POSTINGS)
    with database.reading(engines.database.generation.schema) as connection:
        for table in tables:
            connection.execute(delete(table).where(table.c.document == 0))


def test_a_question_is_asked_again_where_a_passage_has_gone(
    engines: Engines, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = DatabaseSearch.maxsims
    tried: list[int] = []

    def maxsims(search: DatabaseSearch, tokens: Vectors, numbers: Ids) -> list[MaxSim]:
        if not tried:  # another process removes the first document
            remove_first(engines, database)
        tried.append(len(numbers))
        return compared(search, tokens, numbers)

    monkeypatch.setattr(DatabaseSearch, "maxsims", maxsims)
    answer = Retriever(engines.database, engines.encoder).ask("When does the ferry leave?")
    assert tried == [6, 5]
    assert answer.hits[0].document.name == "c.txt"


def test_what_is_known_of_a_passage_that_has_gone_is_no_longer_told(
    engines: Engines, database: Database
) -> None:
    encoded = engines.encoder.encode_query("ferry")
    query = Query.of(engines.database, "ferry", encoded, "en")
    remove_first(engines, database)
    found = query.search.found(50, Filter())
    assert found is not None
    assert 0 not in found.numbers
    with pytest.raises(PassageGoneError):
        query.search.passages(np.array([0]))
