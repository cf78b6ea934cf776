"""What a passage lacks of a question, and the outcome that follows."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from retrieval.answers import Outcome
from retrieval.collection.builder import IndexBuilder
from retrieval.documents import Document
from retrieval.encoding.cache import VectorCache
from retrieval.index.file_index import FileIndex
from retrieval.index.index import Index
from retrieval.index.levels import Level, Levels
from retrieval.passages import passages_of
from retrieval.ranking.missing import Missing
from retrieval.ranking.query import Query
from retrieval.ranking.ranking import Ranking, rank
from tests.helpers.word_encoder import WordEncoder

DOCUMENTS = (
    Document("a.txt", "The COPX 15 meeting was chaired by Peru in 2019.", language="en"),
    Document("b.txt", "The harvest in Chile was good. COPX 15 praised it.", language="en"),
)
NO_LEVELS = Levels({("en", "en"): Level(0, 0)})


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> FileIndex:
    passages = [passage for document in DOCUMENTS for passage in passages_of(document)]
    vectors: Path = tmp_path_factory.mktemp("missing") / "vectors.sqlite"
    with closing(VectorCache.open(vectors, WordEncoder())) as cache:
        return IndexBuilder(cache).build_temporary(passages).with_levels(NO_LEVELS)


def query(index: Index, question: str) -> Query:
    return Query.of(index, question, WordEncoder().encode_query(question), "en")


def ranked(index: Index, question: str) -> Ranking:
    return rank(index, query(index, question), 3)


@pytest.mark.parametrize(
    ("question", "names", "value", "ruled_out"),
    [
        ("Who chaired the COPX 15 meeting in 2019?", [], 0, False),
        ("Who chaired the meeting in Chile?", ["Chile"], 1, False),  # another document has it
        ("Who chaired the meeting in Oslo?", ["Oslo"], 4, True),
        ("Who chaired the COPX 16 meeting?", ["COPX 16"], 4, True),
        ("Who chaired the meeting in 2021?", ["2021"], 4, True),
        ("Did Peru chair it in 2019, 2020 and 2021?", [], 0, False),  # one year is enough
        ("Were there 40 people from Peru?", ["40"], 1, False),  # a quantity may be what is asked
        (
            "Who chaired the meetings in Chile, in Oslo and in Rome?",
            ["Chile", "Oslo", "Rome"],
            4,
            True,
        ),
    ],
)
def test_what_is_missing_counts(
    index: FileIndex, question: str, names: list[str], value: float, ruled_out: bool
) -> None:
    missing = Missing.of(query(index, question), index.passages[0], [index])
    assert [one.text for one in missing.specifics] == names
    assert (missing.value, missing.is_ruled_out) == (value, ruled_out)


def test_a_question_whose_names_are_there_is_answered(index: Index) -> None:
    found = ranked(index, "Who chaired the COPX 15 meeting in 2019?")
    assert (found.outcome, found.missing) == (Outcome.ANSWER, ())
    assert found.hits[0].document.name == "a.txt"


def test_another_number_is_nearest_and_named(index: Index) -> None:
    found = ranked(index, "Who chaired the COPX 16 meeting in Peru?")
    assert (found.outcome, found.missing) == (Outcome.NEAREST, ("COPX 16",))
    part = next(part for part in found.hits[0].parts if part.name == "missing")
    assert (part.value, part.weight) == (4.0, -0.2)


def test_what_is_not_near_at_all_is_none_and_names_nothing(index: Index) -> None:
    far = index.with_levels(Levels({("en", "en"): Level(0, 9)}))
    found = ranked(far, "Who chaired the COPX 16 meeting?")
    assert (found.outcome, found.missing) == (Outcome.NONE, ())


def test_a_passage_with_the_name_comes_first(index: Index) -> None:
    first = ranked(index, "Was COPX 15 in Chile?").hits[0]
    assert first.document.name == "b.txt"
