"""A ranking of a small collection in two languages: order, parts, and room for both languages."""

from contextlib import closing
from pathlib import Path

import pytest

from retrieval.answers import Hit
from retrieval.collection.builder import IndexBuilder
from retrieval.documents import Document
from retrieval.encoding.cache import VectorCache
from retrieval.index.index import Index
from retrieval.index.levels import Level, Levels
from retrieval.passages import passages_of
from retrieval.ranking.query import Query
from retrieval.ranking.ranking import rank
from retrieval.reading.parser import parse
from tests.helpers.word_encoder import WordEncoder

QUESTION = "harvest festival of rice"
DOCUMENTS = (
    *(Document(f"{i}.txt", f"The harvest festival of rice {i}.", language="en") for i in range(4)),
    Document("le_hoi.txt", "Lễ hội harvest festival rice.", language="vi"),
    Document("zebra.txt", "Zebras graze.", language="en"),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    passages = [passage for document in DOCUMENTS for passage in passages_of(document)]
    vectors: Path = tmp_path_factory.mktemp("ranking") / "vectors.sqlite"
    with closing(VectorCache.open(vectors, WordEncoder())) as cache:
        return IndexBuilder(cache).build_temporary(passages)


def ranked(index: Index, limit: int = 6) -> tuple[Hit, ...]:
    encoded = WordEncoder().encode_query(QUESTION)
    return rank(index, Query.of(index, QUESTION, encoded, "en"), limit).hits


def names(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.document.name for hit in hits]


def test_the_third_place_goes_to_the_other_language_where_it_answers(index: Index) -> None:
    found = names(ranked(index))
    assert found.index("le_hoi.txt") == 2
    assert len(set(found)) == 6
    assert names(ranked(index, limit=3)) == found[:3]
    assert names(ranked(index, limit=2)) == found[:2]


def test_what_does_not_answer_is_not_moved_up(index: Index) -> None:
    low = index.with_levels(Levels({("en", "vi"): Level(0, 9), ("en", "en"): Level(0, 0)}))
    assert names(ranked(low))[-1] == "le_hoi.txt"


def test_a_score_is_the_sum_of_its_parts(index: Index) -> None:
    hits = ranked(index.with_levels(Levels({("en", "en"): Level(0.25, 0.5)})))
    for hit in hits:
        assert sum(part.adds for part in hit.parts) == pytest.approx(hit.score, abs=1e-5)
    level = hits[0].parts[-1]
    assert (level.name, level.value, level.weight) == ("level", 0.5, -1.0)


def test_a_clause_is_found_by_its_number(cache: VectorCache) -> None:
    text = "Điều 4. Thuyền\n\n1. Đậu đúng ô.\n\n2. Có đèn to.\n\nĐiều 2. Chợ\n\n4. Họp sáng."
    built = IndexBuilder(cache).build_temporary(passages_of(parse("luật.txt", text.encode())))
    for asked, quote in (("Khoản 2 Điều 4", "2. Có đèn to."), ("khoan 4 dieu 2", "4. Họp sáng.")):
        query = Query.of(built, asked, WordEncoder().encode_query(asked), "vi")
        assert rank(built, query, 1).hits[0].quote == quote
