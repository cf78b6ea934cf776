"""Courtesies: told from questions, and taken off them."""

from __future__ import annotations

import unicodedata

import pytest

from retrieval.answers import Courtesy
from retrieval.asking.courtesies import Courteous, courtesy_in, without_courtesies


@pytest.mark.parametrize(
    ("text", "courtesy", "language"),
    [
        ("Xin chào cả nhà", Courtesy.GREETING, "vi"),
        ("chao ban", Courtesy.GREETING, "vi"),
        ("chàooo bot ơi", Courtesy.GREETING, "vi"),
        ("Chào buổi tối!", Courtesy.GREETING, "vi"),
        ("bạn có khỏe không?", Courtesy.GREETING, "vi"),
        ("Bot là ai vậy?", Courtesy.GREETING, "vi"),
        ("ban giup duoc gi", Courtesy.GREETING, "vi"),
        ("Heyyy there", Courtesy.GREETING, "en"),
        ("Good evening everyone", Courtesy.GREETING, "en"),
        ("What's your name?", Courtesy.GREETING, "en"),
        ("Are you a robot?", Courtesy.GREETING, "en"),
        ("Ok cảm ơn, hẹn gặp lại", Courtesy.THANKS, "vi"),
        ("bái bai nhé", Courtesy.FAREWELL, "vi"),
        ("See you tomorrow!", Courtesy.FAREWELL, "en"),
        ("Good night bot", Courtesy.FAREWELL, "en"),
        ("thử xem", Courtesy.NOTHING, "vi"),
        ("bot dở quá", Courtesy.NOTHING, "vi"),
        ("testing", Courtesy.NOTHING, "en"),
        ("7", Courtesy.NOTHING, ""),
        ("...", Courtesy.NOTHING, ""),
        ("😡", Courtesy.NOTHING, ""),
        ("👋", Courtesy.GREETING, ""),
    ],
)
def test_a_courtesy_is_known_by_its_words_alone(
    text: str, courtesy: Courtesy, language: str
) -> None:
    assert courtesy_in(text) == Courteous(courtesy, language)


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
        ("Ok nhé", "vi"),
        ("ok?", ""),
        ("👍", ""),
        ("👍🏽", ""),
        ("❤️", ""),
    ],
)
def test_bare_thanks_are_known_by_their_language(text: str, language: str) -> None:
    assert courtesy_in(text) == Courteous(Courtesy.THANKS, language)


@pytest.mark.parametrize(
    "text",
    [
        "Cảm ơn, ai chủ trì hội nghị?",
        "cảm ơn ai chủ trì hội nghị",
        "Thanks. Who chaired the meeting?",
        "Thư cảm ơn",
        "bạn",
        "thank",
        "okinawa",
        "oke nhưng ai chủ trì",
        "cháo",
        "Cháo bạn nấu",
        "Chào cờ lúc mấy giờ?",
        "Hello Kitty",
        "113",
        "AMMTC 15",
        "chao ban " * 100,
        "",
    ],
)
def test_anything_else_is_no_courtesy(text: str) -> None:
    assert courtesy_in(text) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Xin chào, bến xe mở lúc nào?", "bến xe mở lúc nào?"),
        ("chào bạn ai mở bến xe", "ai mở bến xe"),
        ("Alo ad ơi cho em hỏi bến xe ở đâu ạ?", "bến xe ở đâu ạ?"),
        ("Bến xe ở đâu? Cảm ơn bạn nhiều nhé!", "Bến xe ở đâu?"),
        ("Hi, could you tell me where the station is? Thanks!", "where the station is?"),
        ("Hello when does it open?", "when does it open?"),
        ("Chào cờ lúc mấy giờ?", "Chào cờ lúc mấy giờ?"),
        ("Hello Kitty ra đời năm nào?", "Hello Kitty ra đời năm nào?"),
        ("Good Morning America chiếu ở đâu?", "Good Morning America chiếu ở đâu?"),
        ("Thư cảm ơn gửi ai?", "Thư cảm ơn gửi ai?"),
        ("xin chào", "xin chào"),
        ("Chào bot, mình là thợ xây, cho mình hỏi ai mở bến?", "ai mở bến?"),
        ("em dang hoc lop chin, cho em hoi ai viet sach nay", "ai viet sach nay"),
        ("Hello, I am a nurse. Could you tell me who opens it?", "who opens it?"),
        ("Tôi là ai, cho hỏi?", "Tôi là ai, cho hỏi?"),
    ],
)
def test_a_question_keeps_all_but_its_courtesies(text: str, asked: str) -> None:
    assert without_courtesies(text) == asked
