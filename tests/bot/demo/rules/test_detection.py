from __future__ import annotations

import pytest
from telegram import MessageEntity

from bot.demo.rules.detection import detect
from bot.demo.rules.entities import ParsedText, parse_html


def found(content: ParsedText) -> list[tuple[str, str]]:
    text = content.text.encode("utf-16-le")
    return [
        (e.type, text[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le"))
        for e in content.entities
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start", [("bot_command", "/start")]),
        ("😀 /ask@trichdan_bot ai?", [("bot_command", "/ask@trichdan_bot")]),
        ("3/4 và a/b, //x, /chào", []),
        ("@mai ơi, hỏi @trichdan_bot nhé", [("mention", "@mai"), ("mention", "@trichdan_bot")]),
        ("a@b và @ab", []),
        ("Xem https://a.vn/x?y=1#z.", [("url", "https://a.vn/x?y=1#z")]),
        ("(baoquocte.vn), hết", [("url", "baoquocte.vn")]),
        ("http://127.0.0.1:8808/", [("url", "http://127.0.0.1:8808/")]),
        ("x.comment, TP.vn2", []),
        ("toasoan@baoquocte.vn", [("email", "toasoan@baoquocte.vn")]),
        ("https://a.vn/@mai /help", [("url", "https://a.vn/@mai"), ("bot_command", "/help")]),
    ],
)
def test_what_telegram_marks_by_itself(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(detect(ParsedText(text))) == expected


def test_code_and_links_are_left_alone() -> None:
    html = '<code>/ask x</code> <a href="https://a.vn">a.vn</a> <b>/help</b>'
    assert found(detect(parse_html(html))) == [
        ("code", "/ask x"),
        ("text_link", "a.vn"),
        ("bold", "/help"),
        ("bot_command", "/help"),
    ]


def test_given_entities_stay() -> None:
    bold = MessageEntity("bold", 0, 4)
    assert detect(ParsedText("b.vn", (bold,))).entities[0] == bold
