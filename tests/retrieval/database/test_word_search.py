"""Which words' postings are read, and which passages they bring."""

from __future__ import annotations

import pytest

from retrieval.database import word_search as module
from retrieval.database.passage_numbers import document_of, number_of, numbers_of, values_of
from retrieval.database.word_search import Covered, WordSearch
from retrieval.database.words import KnownWord

RARE, MIDDLING, COMMON = KnownWord(7, 2, 3.0), KnownWord(8, 5, 2.0), KnownWord(9, 90, 0.1)
GONE = KnownWord(6, 1, 0.0)  # no passage holds it any more


def test_all_words_are_read_in_an_exact_search() -> None:
    search = WordSearch.of([COMMON, GONE, RARE, MIDDLING], approximate=False)
    assert search == WordSearch([RARE, MIDDLING, COMMON], is_exact=True)
    assert search.number(50) == 50


@pytest.mark.parametrize(
    ("postings", "words"),
    [(97, [RARE, MIDDLING, COMMON]), (96, [RARE, MIDDLING]), (6, [RARE]), (1, [RARE])],
)
def test_the_rarest_words_are_read_in_an_approximate_one(
    monkeypatch: pytest.MonkeyPatch, postings: int, words: list[KnownWord]
) -> None:
    monkeypatch.setattr(module, "_READ", postings)
    search = WordSearch.of([COMMON, RARE, MIDDLING], approximate=True)
    assert search == WordSearch(words, is_exact=len(words) == 3)
    assert search.number(50) == (50 if search.is_exact else 100)


def test_the_highest_come_first_and_those_equal_to_the_last_are_taken_too() -> None:
    rows = [(0, 1, 2.0), (3, 0, 5.0), (2, 0, 2.0), (1, 0, 2.0), (4, 0, 1.0)]
    covered = Covered.of(rows)
    numbers = [number_of(*one) for one in [(3, 0), (0, 1), (1, 0), (2, 0), (4, 0)]]
    assert covered.highest(2).tolist() == numbers[:2]
    assert covered.highest(2, with_equal=4).tolist() == numbers[:4]
    assert covered.highest(2, with_equal=3).tolist() == numbers[:3]
    assert covered.highest(9, with_equal=18).tolist() == numbers


def test_a_passage_counts_by_its_share() -> None:
    first, second = number_of(0, 0), number_of(1, 0)
    covered = Covered.of([(0, 0, 4.0), (1, 0, 3.0), (2, 0, 2.0)])
    weighed = covered.weighed({first: 0.5, second: 0.0})
    assert weighed.numbers.tolist() == [first, number_of(2, 0)]
    assert weighed.sums.tolist() == [2.0, 2.0]
    assert Covered.of([]).weighed({}).highest(3, 6).tolist() == []


def test_a_number_holds_a_document_and_a_place() -> None:
    number = number_of(5_000_000_000, 1_048_575)
    assert document_of(number) == 5_000_000_000
    assert values_of(numbers_of([(5_000_000_000, 1_048_575)])) == {
        "documents": [5_000_000_000],
        "places": [1_048_575],
    }
