"""A ranking with a reranker: what it reads, what its score adds, and the levels with it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.answers import Part
from retrieval.collection.builder import IndexBuilder
from retrieval.documents import Document, Passage
from retrieval.encoding.cache import VectorCache
from retrieval.index.index import Index
from retrieval.passages import passages_of
from retrieval.ranking.query import Query
from retrieval.ranking.ranking import Ranking, rank
from retrieval.reranking.reranker import Reranker
from tests.helpers.mark_reranker import MarkReranker
from tests.helpers.word_encoder import WordEncoder

QUESTION = "harvest festival of rice"
DOCUMENTS = (
    Document("near.txt", "The harvest festival of rice.", language="en"),
    Document(
        "marked.txt",
        "The harvest festival of cranes and rice.",
        title="Harvest song",
        language="en",
    ),
    *(Document(f"{i}.txt", f"Rice field {i} was dry.", language="en") for i in range(40)),
)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VectorCache]:
    path: Path = tmp_path_factory.mktemp("reranked") / "vectors.sqlite"
    with closing(VectorCache.open(path, WordEncoder())) as cache:
        yield cache


@pytest.fixture(scope="module")
def index(cache: VectorCache) -> Index:
    return IndexBuilder(cache).build_temporary(passages())


def passages() -> list[Passage]:
    return [passage for document in DOCUMENTS for passage in passages_of(document)]


def ranked(index: Index, reranker: Reranker | None = None, limit: int = 3) -> Ranking:
    encoded = WordEncoder().encode_query(QUESTION)
    return rank(index, Query.of(index, QUESTION, encoded, "en"), limit, reranker)


def test_the_best_candidates_are_read_at_once_with_their_context(index: Index) -> None:
    reranker = MarkReranker("cranes")
    ranked(index, reranker)
    ((question, texts),) = reranker.read
    assert question == QUESTION
    assert len(texts) == 24
    assert texts[:2] == [
        "The harvest festival of rice.",
        "Harvest song\n\nThe harvest festival of cranes and rice.",
    ]


def test_its_score_is_one_more_part(index: Index) -> None:
    plain, read = ranked(index).hits, ranked(index, MarkReranker("cranes")).hits
    assert [hit.document.name for hit in plain[:2]] == ["near.txt", "marked.txt"]
    assert [hit.document.name for hit in read[:2]] == ["marked.txt", "near.txt"]
    assert Part("reranker", 1.0, 0.3) in read[0].parts
    assert Part("reranker", 0.0, 0.3) in read[1].parts
    assert sum(part.adds for part in read[0].parts) == pytest.approx(read[0].score, abs=1e-5)
    assert read[0].score == pytest.approx(plain[1].score + 0.3, abs=1e-5)
    assert read[1].score == pytest.approx(plain[0].score, abs=1e-5)
    assert "reranker" not in [part.name for part in plain[0].parts]


def test_levels_hold_what_it_gives_to_questions_about_nothing(
    cache: VectorCache, index: Index
) -> None:
    everywhere, nowhere = (
        IndexBuilder(cache, reranker=MarkReranker(mark)).build_temporary(passages())
        for mark in ("", "no such word")
    )
    before = index.levels.of("en", "en").score
    assert everywhere.levels.of("en", "en").score == pytest.approx(before + 0.3, abs=1e-5)
    assert nowhere.levels.known == pytest.approx(index.levels.known)
    lifted = ranked(everywhere, MarkReranker("")).hits[0].score
    assert lifted == pytest.approx(ranked(index).hits[0].score, abs=1e-5)
