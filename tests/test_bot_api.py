"""The checks that every recorded call goes through: calls in order, and calls that violate."""

from __future__ import annotations

from typing import Any

import pytest

from bot.demo.rules.entities import ParseError
from tests.helpers.bot_api import DESCRIPTION, from_form, shown_text, violations

CHAT = {"chat_id": 7}
PLACE = {"chat_id": 7, "message_id": 1}
HTML = {"parse_mode": "HTML"}

described = pytest.mark.skipif(
    not DESCRIPTION.exists(), reason="the Bot API's description lies in ../shared/bot-api"
)


def keyboard(**button: object) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": [[{"text": "x", **button}]]}}


def article(**fields: object) -> dict[str, Any]:
    content = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
    result = {"type": "article", "id": "1", "title": "x", "input_message_content": content}
    return {"inline_query_id": "1", "results": [result | fields]}


@described
@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("getMe", {}),
        ("sendMessage", CHAT | HTML | {"text": f"<b>{'😀' * 2048}</b>"}),
        ("sendMessage", {"chat_id": "@somewhere", "text": "x", "message_thread_id": 2}),
        ("sendMessage", CHAT | {"text": "x", "reply_parameters": {"message_id": 1}}),
        ("sendMessage", CHAT | {"text": "x"} | keyboard(callback_data="đ" * 32)),
        ("sendMessage", CHAT | {"text": "x"} | keyboard(copy_text={"text": "x" * 256})),
        ("sendMessage", CHAT | {"text": "x"} | keyboard(url="https://a.vn", style="primary")),
        ("sendMessage", CHAT | {"text": "x", "reply_parameters": {"message_id": 1, "quote": None}}),
        ("editMessageText", {"inline_message_id": "1", "text": "x"}),
        ("editMessageReplyMarkup", PLACE),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": ""}),
        ("answerInlineQuery", article(id="đ" * 32)),
        ("answerInlineQuery", article() | {"button": {"text": "x", "start_parameter": "a_-1"}}),
        (
            "setMyCommands",
            {
                "commands": [{"command": "ask", "description": "x"}],
                "scope": {"type": "chat", "chat_id": 7},
                "language_code": "vi",
            },
        ),
        ("getUpdates", {"offset": 1, "limit": 100, "allowed_updates": ["message"]}),
    ],
)
def test_calls_in_order(method: str, parameters: dict[str, Any]) -> None:
    assert violations(method, parameters) == []


@described
@pytest.mark.parametrize(
    ("method", "parameters", "violation"),
    [
        ("sendNothing", {}, "no sendNothing"),
        ("sendMessage", CHAT, "sendMessage: text missing"),
        ("sendMessage", CHAT | {"text": "x", "colour": 1}, "sendMessage: no colour"),
        ("sendMessage", CHAT | {"text": 5}, "sendMessage.text: no String"),
        ("sendMessage", {"chat_id": 7.5, "text": "x"}, "sendMessage.chat_id: no Integer"),
        ("sendMessage", {"chat_id": True, "text": "x"}, "sendMessage.chat_id: no Integer"),
        (
            "sendMessage",
            CHAT | {"text": "x", "protect_content": 1},
            "sendMessage.protect_content: no Boolean",
        ),
        ("sendMessage", CHAT | {"text": " "}, "sendMessage.text: 0 characters, not 1-4096"),
        (
            "sendMessage",
            CHAT | HTML | {"text": "<b>" + "😀" * 2049 + "</b>"},
            "sendMessage.text: 4098 characters, not 1-4096",
        ),
        (
            "sendMessage",
            CHAT | HTML | {"text": "<b>x</b>" * 101},
            "sendMessage: 101 entities",
        ),
        (
            "sendMessage",
            CHAT | {"text": "x", "reply_parameters": {}},
            "sendMessage.reply_parameters: message_id missing",
        ),
        (
            "sendMessage",
            CHAT | {"text": "x", "reply_parameters": 5},
            "sendMessage.reply_parameters: no ReplyParameters",
        ),
        (
            "sendMessage",
            CHAT | {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": "1"}]},
            "sendMessage.entities[0].length: no Integer",
        ),
        (
            "editMessageText",
            {"chat_id": 7, "text": "x"},
            "editMessageText: message_id missing",
        ),
        (
            "answerCallbackQuery",
            {"callback_query_id": "1", "text": "x" * 201},
            "answerCallbackQuery.text: 201 characters, not 0-200",
        ),
        (
            "setMyShortDescription",
            {"short_description": "x" * 121},
            "setMyShortDescription.short_description: 121 characters, not 0-120",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "x" * 33, "description": "x"}]},
            "setMyCommands.commands[0].command: 33 characters, not 1-32",
        ),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "chats", "chat_id": 7}},
            "setMyCommands.scope.type: 'chats', not chat",
        ),
        (
            "setWebhook",
            {"url": "https://a.vn", "secret_token": "bí mật"},
            "setWebhook.secret_token: letters in 'bí mật'",
        ),
        ("getUpdates", {"limit": 101}, "getUpdates.limit: 101, not 1-100"),
        (
            "answerInlineQuery",
            article() | {"next_offset": "x" * 65},
            "answerInlineQuery.next_offset: 65 bytes, not 0-64",
        ),
        (
            "answerInlineQuery",
            article(id="x" * 65),
            "answerInlineQuery.results[0].id: 65 bytes, not 1-64",
        ),
        (
            "answerInlineQuery",
            {"inline_query_id": "1", "results": article()["results"] * 51},
            "answerInlineQuery: 51 results",
        ),
        (
            "answerInlineQuery",
            article() | {"button": {"text": "x", "start_parameter": "a b"}},
            "answerInlineQuery.button.start_parameter: letters in 'a b'",
        ),
        (
            "answerInlineQuery",
            article() | {"button": {"text": "x"}},
            "answerInlineQuery.button: not one of start_parameter, web_app",
        ),
        (
            "answerInlineQuery",
            article(input_message_content={"message_text": "<p>", "parse_mode": "HTML"}),
            'answerInlineQuery.results.0.input_message_content: Unsupported start tag "p" at byte '
            "offset 0",
        ),
    ],
)
def test_calls_that_violate(method: str, parameters: dict[str, Any], violation: str) -> None:
    assert violations(method, parameters) == [violation]


@described
@pytest.mark.parametrize(
    ("button", "violation"),
    [
        ({"callback_data": "đ" * 33}, ".callback_data: 66 bytes, not 1-64"),
        ({"callback_data": ""}, ".callback_data: 0 bytes, not 1-64"),
        ({"copy_text": {"text": "x" * 257}}, ".copy_text.text: 257 characters, not 1-256"),
        (
            {"url": "https://a.vn", "style": "red"},
            ".style: 'red', not danger or success or primary",
        ),
    ],
)
def test_buttons_that_violate(button: dict[str, Any], violation: str) -> None:
    where = "sendMessage.reply_markup.inline_keyboard[0][0]"
    sent = CHAT | {"text": "x"} | keyboard(**button)
    assert violations("sendMessage", sent) == [where + violation]


@described
@pytest.mark.parametrize("button", [{}, {"callback_data": "x", "url": "https://a.vn"}])
def test_a_button_does_one_thing(button: dict[str, Any]) -> None:
    [violation] = violations("sendMessage", CHAT | {"text": "x"} | keyboard(**button))
    assert "inline_keyboard[0][0]: not one of callback_data, " in violation


@pytest.mark.parametrize(
    ("html", "error"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("đ < x", "Unclosed start tag at byte offset 3"),
        ("A & B", 'Unescaped "&" at byte offset 2'),
        ("&nbsp;", 'Unescaped "&" at byte offset 0'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        (
            '<a id="x" href="https://a.vn">x</a>',
            'Unsupported attribute in the tag "a" at byte offset 0',
        ),
        (
            "<blockquote>x<blockquote>y</blockquote></blockquote>",
            'Tag "blockquote" can\'t stand in tag "blockquote" at byte offset 13',
        ),
        ("<code>x<b>y</b></code>", 'Tag "b" can\'t stand in tag "code" at byte offset 7'),
    ],
)
def test_markup_that_telegram_refuses(html: str, error: str) -> None:
    with pytest.raises(ParseError) as refused:
        shown_text(html)
    assert str(refused.value) == error
    assert violations("sendMessage", CHAT | HTML | {"text": html}) == [f"sendMessage: {error}"]


def test_what_is_left_of_markup() -> None:
    assert (
        shown_text("<b>1 &lt; 2</b> > &quot;0&quot; &amp; &#8220;x&#x201d;") == '1 < 2 > "0" & “x”'
    )


def test_only_html_is_spoken() -> None:
    sent = CHAT | {"text": "*x*", "parse_mode": "MarkdownV2"}
    assert violations("sendMessage", sent) == ["sendMessage: parse_mode MarkdownV2"]


@described
def test_a_form_is_read_by_its_types() -> None:
    form = {
        "chat_id": "7",
        "text": "5",
        "protect_content": "true",
        "reply_parameters": '{"message_id": 1}',
    }
    assert from_form("sendMessage", form) == {
        "chat_id": 7,
        "text": "5",
        "protect_content": True,
        "reply_parameters": {"message_id": 1},
    }
    assert from_form("sendMessage", {"chat_id": "@x"}) == {"chat_id": "@x"}
