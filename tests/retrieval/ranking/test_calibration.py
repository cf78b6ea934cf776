"""Levels measured on a small collection, and their effect on a ranking."""

from contextlib import closing
from pathlib import Path

import pytest

from retrieval.collection.builder import IndexBuilder
from retrieval.documents import Document
from retrieval.encoding.cache import VectorCache
from retrieval.index.index import Index
from retrieval.index.levels import Level, Levels
from retrieval.passages import passages_of
from retrieval.ranking.query import Query
from retrieval.ranking.ranking import rank
from tests.helpers.word_encoder import WordEncoder

DOCUMENTS = (
    Document("a.txt", "Ai là chủ tịch của hội đồng?", language="vi"),
    Document("b.txt", "zebra quantum", language="en"),
)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    passages = [passage for document in DOCUMENTS for passage in passages_of(document)]
    with closing(VectorCache.open(tmp_path / "vectors.sqlite", WordEncoder())) as cache:
        return IndexBuilder(cache).build_temporary(passages)


def test_there_is_a_level_for_every_pair_of_languages(index: Index) -> None:
    assert set(index.levels.known) == {("vi", "vi"), ("vi", "en"), ("en", "vi"), ("en", "en")}


def test_the_level_is_high_where_questions_are_worded_like_the_passages(index: Index) -> None:
    assert index.levels.of("vi", "vi").score > index.levels.of("vi", "en").score


def test_hits_are_ranked_by_what_they_score_above_their_level(index: Index) -> None:
    question = "chủ tịch zebra"
    encoded = WordEncoder().encode_query(question)

    def best(levels: Levels) -> str:
        asked = Query.of(index, question, encoded, "vi")
        return rank(index.with_levels(levels), asked, 1).hits[0].document.name

    assert best(Levels({("vi", "vi"): Level(0, 9)})) == "b.txt"
    assert best(Levels({("vi", "en"): Level(0, 9)})) == "a.txt"
