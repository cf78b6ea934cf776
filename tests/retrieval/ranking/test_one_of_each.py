"""The same report in several documents: which is shown, and what else is."""

from __future__ import annotations

import pytest

from retrieval.answers import Hit
from retrieval.collection.builder import IndexBuilder
from retrieval.documents import Document
from retrieval.encoding.cache import VectorCache
from retrieval.passages import passages_of
from retrieval.ranking.query import Query
from retrieval.ranking.ranking import rank
from tests.helpers.word_encoder import WordEncoder

REPORT = (
    "The ferry to the island now leaves every hour. Tickets are sold on the pier, and pupils ride "
    "free of charge on school days. The old boat was sold to a museum in the next county."
)
ADDED = "The ferry to the island was built by a family of carpenters."
OTHER = Document("z.txt", "Ferry tickets to the island cost more in summer, a rival firm says.")


def hits(cache: VectorCache, question: str, *documents: Document) -> tuple[Hit, ...]:
    collection = sorted((*documents, OTHER), key=lambda one: one.name)
    passages = [passage for document in collection for passage in passages_of(document)]
    index = IndexBuilder(cache).build_temporary(passages)
    return rank(
        index, Query.of(index, question, WordEncoder().encode_query(question), "en"), 9
    ).hits


@pytest.mark.parametrize(
    ("dates", "endings", "shown"),
    [
        (("2024-05-01", "2024-05-02", ""), ("", "", ""), "b.md"),
        (("2024-05-01", "", "2023"), ("", "", ""), "a.md"),
        (("", "", ""), ("", "", " Dogs may come along."), "c.md"),
        (("2024", "2024", "2023"), ("", " Dogs may come.", " Dogs may come along."), "b.md"),
    ],
)
def test_the_newest_is_shown_or_else_the_longest(
    cache: VectorCache, dates: tuple[str, ...], endings: tuple[str, ...], shown: str
) -> None:
    documents = [
        Document(f"{letter}.md", REPORT + ending, date=date, language="en")
        for letter, date, ending in zip("abc", dates, endings, strict=True)
    ]
    first, second = hits(cache, "Where are ferry tickets sold?", *documents)
    assert {first.document.name, second.document.name} == {shown, "z.txt"}
    report, other = (first, second) if second.document == OTHER else (second, first)
    assert [one.name for one in report.also_in] == sorted({"a.md", "b.md", "c.md"} - {shown})
    assert other.also_in == ()


def test_what_only_another_of_them_says_is_shown_too(cache: VectorCache) -> None:
    filler = " ".join(f"Pier number {number} has a lamp." for number in range(12))
    whole = Document("a.md", f"{REPORT}\n\n{filler}\n\n{ADDED}", date="2023", language="en")
    cut = Document("b.md", f"{REPORT}\n\n{filler}", date="2024", language="en")
    found = hits(cache, "Who built the ferry to the island?", whole, cut)
    assert any(ADDED in hit.passage.text for hit in found)


def _words(letter: str) -> str:
    return " ".join(f"{letter}{number}" for number in range(90))


def test_passages_of_different_documents_are_all_shown(cache: VectorCache) -> None:
    documents = [
        Document(f"{letter}.md", f"{REPORT}\n\n{_words(letter)}.", language="en") for letter in "ab"
    ]
    found = hits(cache, "Where are ferry tickets sold?", *documents)
    assert {"a.md", "b.md"} <= {hit.document.name for hit in found}
    assert all(hit.also_in == () for hit in found)
