from __future__ import annotations

import unicodedata

import pytest

from bot.chat.thanks import language_of_thanks


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Cảm ơn", "vi"),
        ("cảm ơn nhé!", "vi"),
        ("cam on nhé", "vi"),
        ("Cám ơn bạn rất nhiều ạ 🙏", "vi"),
        ("Xin chân thành cảm ơn.", "vi"),
        ("ok, cảm ơn bot", "vi"),
        ("Bạn ơi, cảm ơn vì đã giúp đỡ", "vi"),
        ("Dạ vâng ạ", "vi"),
        (unicodedata.normalize("NFD", "Cảm ơn bạn nhiều"), "vi"),
        ("thanks!", "en"),
        ("Thank you so much :)", "en"),
        ("Many thanks for your help", "en"),
        ("OK thanks", "en"),
        ("ok", ""),
        ("Ok nhé", ""),
        ("👍", ""),
        ("👍🏽", ""),
        ("❤️", ""),
    ],
)
def test_bare_thanks_are_known_by_their_language(text: str, language: str) -> None:
    assert language_of_thanks(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Cảm ơn, ai chủ trì hội nghị?",
        "cảm ơn ai chủ trì hội nghị",
        "Thanks. Who chaired the meeting?",
        "ok?",
        "Thư cảm ơn",
        "bạn",
        "thank",
        "okinawa",
        "oke nhưng ai chủ trì",
        "😡",
        "...",
        "",
    ],
)
def test_anything_else_is_no_thanks(text: str) -> None:
    assert language_of_thanks(text) is None
