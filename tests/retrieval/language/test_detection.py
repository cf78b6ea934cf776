"""Languages of questions and texts, Vietnamese without diacritics among them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from retrieval.language.detection import language_of
from tests.helpers.paths import SHARED

BENCH = SHARED / "bench" / "xquad-dev"
needs_bench = pytest.mark.skipif(not BENCH.is_dir(), reason="../shared/bench is not here")


def questions(bench_slice: str) -> Iterator[str]:
    for name in ("queries.jsonl", "unanswerable.jsonl"):
        for line in (BENCH / bench_slice / name).read_text("utf-8").splitlines():
            yield json.loads(line)["text"]


@pytest.mark.parametrize(
    "question",
    [
        "Thứ trưởng Lương Tam Quang đề xuất gì?",
        "thu truong Luong Tam Quang de xuat gi",
        "hop AMMTC + Nhat Ban lan thu may",
        "AMMTC la gi",
        "Kỳ họp AMMTC 14 diễn ra khi nào?",  # decomposed
        "HOI NGHI AMMTC 15 O DAU",
        "Lương Tam Quang",
        "gì",
        "Carl Wilhelm Scheele phat hien ra oxi khi nao?",
    ],
)
def test_vietnamese_however_it_is_typed(question: str) -> None:
    assert language_of(question) == "vi"


@pytest.mark.parametrize(
    "question",
    [
        "What did the deputy minister propose?",
        "Who is Tô Lâm?",
        "What did Lương Tam Quang propose at Hội nghị AMMTC?",
        "what did luong tam quang propose",
        "WHERE WAS AMMTC 15 HELD",
        "security cooperation",
    ],
)
def test_english_whatever_names_it_holds(question: str) -> None:
    assert language_of(question) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La réunion a eu lieu à Paris.", "fr"),
        ("Wann wurde der Präsident geboren?", "de"),
        ("Chi ha vinto la partita di ieri sera?", "it"),
        ("Wie heeft de wedstrijd gisteren gewonnen?", "nl"),
        ("大臣は会議で何を提案しましたか", "ja"),
        ("장관은 회의에서 무엇을 제안했습니까?", "ko"),
    ],
)
def test_other_languages(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", " ", "?!", "😀", "29/9", "hi", "ASEAN", "AMMTC 15?", "\x00"])
def test_nothing_where_it_cannot_be_told(text: str) -> None:
    assert language_of(text) == ""


@needs_bench
@pytest.mark.parametrize(
    ("bench_slice", "language", "share"),
    [("vi-vi", "vi", 0.995), ("en-en", "en", 0.995), ("plain-vi", "vi", 0.98)],
)
def test_share_of_questions_told_right(bench_slice: str, language: str, share: float) -> None:
    told = [language_of(question) for question in questions(bench_slice)]
    assert told.count(language) >= share * len(told)
