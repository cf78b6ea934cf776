"""Questions that are limited to a time or a source, or ask for the newest."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from retrieval.answers import Outcome
from retrieval.collection.builder import IndexBuilder
from retrieval.documents import Document
from retrieval.encoding.cache import VectorCache
from retrieval.index.index import Index
from retrieval.passages import passages_of
from retrieval.periods import Period
from retrieval.ranking.asked import Asked
from retrieval.ranking.limits import LimitedRanking, rank_limited
from retrieval.ranking.query import Query
from retrieval.scopes import Scope
from tests.helpers.word_encoder import WordEncoder

QUESTION = "price of green tea"
DOCUMENTS = (
    Document("a.txt", "The price of green tea is 10.", date="2021-03-01", source="Sen"),
    Document("b.txt", "The price of green tea is 20.", date="2023", source="Sen News"),
    Document("c.txt", "The price of green tea is 30.", date="2022-06", source="Lotus"),
    Document("d.txt", "The price of green tea is 40."),
    Document("e.txt", "Buoys mark the ferry's way.", date="2025"),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    passages = [passage for document in DOCUMENTS for passage in passages_of(document)]
    vectors: Path = tmp_path_factory.mktemp("limits") / "vectors.sqlite"
    with closing(VectorCache.open(vectors, WordEncoder())) as cache:
        return IndexBuilder(cache).build_temporary(passages)


def ranked(index: Index, scope: Scope, question: str = QUESTION) -> LimitedRanking:
    query = Query.of(index, question, WordEncoder().encode_query(question), "")
    return rank_limited([Asked(index, query.limited_to(scope))], 5)


def names(found: LimitedRanking) -> str:
    return "".join(hit.document.name[0] for hit in found.ranking.hits)


def test_the_newest_come_first_where_they_answer_alike(index: Index) -> None:
    found = ranked(index, Scope(newest=True))
    assert names(found)[:4] == "bcad"
    assert found.ranking.outcome is Outcome.ANSWER
    assert names(ranked(index, Scope()))[:4] != "bcad"


def test_a_limit_in_time_leaves_out_other_days_and_puts_the_undated_last(index: Index) -> None:
    found = ranked(index, Scope(Period(date(2022, 1, 1), None)))
    assert (sorted(names(found)[:2]), names(found)[2]) == (["b", "c"], "d")
    assert (found.is_outside, "a" in names(found)) == (False, False)
    assert names(ranked(index, Scope(Period.of(2021, 3)))) == "ad"


def test_a_limit_in_sources_leaves_out_others(index: Index) -> None:
    assert sorted(names(ranked(index, Scope(source="sen")))) == ["a", "b"]
    assert names(ranked(index, Scope(Period.of(2023), "sen"))) == "b"


def test_what_lies_outside_is_shown_as_such_where_nothing_within_answers(index: Index) -> None:
    found = ranked(index, Scope(source="Bamboo"))
    assert (sorted(names(found)[:4]), found.is_outside) == (["a", "b", "c", "d"], True)
    assert found.ranking.outcome is Outcome.NEAREST


def test_what_answers_nowhere_stays_within_the_limits(index: Index) -> None:
    found = ranked(index, Scope(Period.of(2025)), "zebras graze")
    assert (found.is_outside, found.ranking.outcome) == (False, Outcome.NONE)
    assert "a" not in names(found)
