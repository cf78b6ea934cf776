"""Diacritics put back where they are missing, and nothing else touched."""

import json
from pathlib import Path
from typing import Any

import pytest

from retrieval.language.detection import language_of
from retrieval.language.diacritics import Restorer
from tests.helpers.paths import SHARED

BENCH = SHARED / "bench" / "xquad-dev"

TEXTS = [
    "Thứ trưởng Lương Tam Quang dự hội nghị tại Hà Nội.",
    "Cuộc họp tham vấn AMMTC + Nhật Bản lần thứ 6 bàn về phòng, chống tội phạm.",
]


def rows(bench_slice: str, part: str) -> list[dict[str, Any]]:
    lines = (BENCH / bench_slice / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer.learn(TEXTS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (
            "thu truong Luong Tam Quang du hoi nghi o dau",
            "thứ trưởng Lương Tam Quang dự hội nghị ở đâu",
        ),
        ("hop AMMTC + Nhat Ban lan thu may?", "họp AMMTC + Nhật Bản lần thứ mấy?"),
        ("HOI NGHI", "HỘI NGHỊ"),
        ("Ai dự hoi nghi o Ha Noi", "Ai dự hội nghị ở Hà Nội"),
    ],
)
def test_what_was_typed_without_is_written_with(restorer: Restorer, typed: str, meant: str) -> None:
    assert restorer.restore(typed) == meant


@pytest.mark.parametrize(
    "question", ["", "?!", "Ai?", "AMMTC 15", "Ai dự hội nghị ở Hà Nội?", "Rollo"]
)
def test_nothing_missing_nothing_done(restorer: Restorer, question: str) -> None:
    assert restorer.restore(question) is None


def test_saved_and_loaded_it_restores_the_same(restorer: Restorer, tmp_path: Path) -> None:
    restorer.save(tmp_path)
    loaded = Restorer.load(tmp_path)
    question = "cuoc hop tham van ve toi pham"
    assert loaded.restore(question) == "cuộc họp tham vấn về tội phạm"
    assert loaded.restore(question) == restorer.restore(question)


@pytest.mark.skipif(not BENCH.is_dir(), reason="needs ../shared/bench")
def test_english_questions_pass_untouched() -> None:
    """Only what is taken for Vietnamese is restored at all: of 612 questions at most 1 %."""
    texts = [row["text"] for row in rows("vi-vi", "corpus")]
    questions = [row["text"] for part in ("queries", "unanswerable") for row in rows("en-en", part)]
    restorer = Restorer.learn(texts)
    touched = [q for q in questions if language_of(q) == "vi" and restorer.restore(q)]
    assert len(questions) == 612
    assert len(touched) <= 6


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gia vang hom nay", "giá vàng hôm nay"),
        ("thoi tiet ngay mai the nao?", "thời tiết ngày mai thế nào?"),
        ("lam ho chieu mat bao lau", "làm hộ chiếu mất bao lâu"),
        ("muc phat vuot den do", "mức phạt vượt đèn đỏ"),
        ("lich thi dau bong da", "lịch thi đấu bóng đá"),
    ],
)
def test_words_that_no_document_has_are_known_in_general(typed: str, meant: str) -> None:
    assert Restorer.learn([]).restore(typed) == meant


def test_what_the_collection_writes_outweighs_what_is_written_in_general() -> None:
    assert Restorer.learn([]).restore("tien gia") == "tiền giả"
    assert Restorer.learn(["Làng Tiên Gia mở hội."]).restore("tien gia") == "tiên gia"


def test_the_collections_own_place_of_the_tone_mark_is_kept() -> None:
    assert Restorer.learn([]).restore("hoa binh") == "hòa bình"
    assert Restorer.learn(["Hoà bình và hoà giải."]).restore("hoa binh") == "hoà bình"
    assert Restorer.learn([]).restore("quy hiem") == "quý hiếm"


def test_a_word_that_is_no_syllable_keeps_its_capitals(restorer: Restorer) -> None:
    assert restorer.restore("iPhone mua o dau") == "iPhone mua ở đâu"


def test_a_fraction_is_no_word() -> None:
    Restorer.learn(["Addison thêm 6½ lần vật ngã."])
