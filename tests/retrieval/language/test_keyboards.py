"""Telex and VNI typed with the keyboard off."""

from __future__ import annotations

import pytest

from retrieval.language.keyboards import decoded
from retrieval.language.syllables import general_words


def known(word: str) -> bool:
    return word in general_words()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nhaf thowf nawmf owr ddaau", "Nhà thờ nằm ở đâu"),
        ("ddieenj thoaij cuar truwowngf", "điện thoại của trường"),
        ("nguoiwf daan muwa luas", "người dân mưa lúa"),
        ("LICHJ HOCJ TUAANF NAYF", "LỊCH HỌC TUẦN NÀY"),
        ("ho6m nay ma61y gio72", "hôm nay mấy giờ"),
        ("d9u7o7ng2 na2o d9e61n cho75", "đường nào đến chợ"),
        ("quyeens sachs thuees", "quyến sách thuế"),
    ],
)
def test_keys_become_marks(typed: str, meant: str) -> None:
    assert decoded(typed, known) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Who has been to the moon?",
        "Which cars need tax?",
        "Is this food for his boss?",
        "Giá xe bus là bao nhiêu?",
        "Mac Lee sinh năm nào?",
        "Q2",
        "G7 hop o dau",
        "u23 Viet Nam",
        "CO2 là gì?",
        "deadline nop bai",
        "",
    ],
)
def test_other_words_stay(question: str) -> None:
    assert decoded(question, known) is None
