"""Where the chat page is scrolled to: one's own question, its answer, messages of others."""

from __future__ import annotations

from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from bot.demo.server import DemoServer
from tests.helpers.chat_page import ChatPage
from tests.helpers.demo_client import (
    GROUP,
    MAI,
    PRIVATE,
    BotClient,
    PersonClient,
)

LONG = "Một câu dài để trích dẫn không vừa ba dòng. " * 12
DESKTOP = {"width": 1180, "height": 820, "deviceScaleFactor": 1, "mobile": False}


@pytest.fixture
def read_back(page: ChatPage, bot: BotClient) -> ChatPage:
    """Give a chat longer than the screen, whose reader has scrolled up to its beginning."""
    page.command("Emulation.setDeviceMetricsOverride", **DESKTOP)
    for number in range(12):
        bot.send(f"{number}\n{LONG}")
    page.see(".message", "11\n")
    scroll(page, 0)
    page.see("#to-end")
    assert log(page, "scrollHeight") > 2 * log(page, "clientHeight")
    return page


def log(page: ChatPage, name: str) -> float:
    """Return a property of the log, in pixels."""
    return float(page.run("return document.getElementById('log')[arguments[0]]", name))


def scroll(page: ChatPage, position: int) -> None:
    page.run("document.getElementById('log').scrollTop = arguments[0]", position)
    page.wait(lambda: log(page, "scrollTop") == position, "it does not scroll")


def is_at_end(page: ChatPage) -> bool:
    return log(page, "scrollHeight") - log(page, "clientHeight") - log(page, "scrollTop") <= 1


def bounds(page: ChatPage, selector: str) -> tuple[float, float]:
    """Return where the last such element begins and ends, in pixels below the log's upper edge."""
    top, bottom = page.run(
        "const box = [...document.querySelectorAll(arguments[0])].at(-1).getBoundingClientRect();"
        "const { top } = document.getElementById('log').getBoundingClientRect();"
        "return [box.top - top, box.bottom - top]",
        selector,
    )
    return top, bottom


def ask(page: ChatPage, bot: BotClient) -> dict[str, Any]:
    """Ask on the page and return the parameters of a reply."""
    page.type("Ai chủ trì?", Keys.ENTER)
    message = bot.update()["message"]
    page.see(".own", "Ai chủ trì?")
    return {"reply_parameters": {"message_id": message["message_id"]}}


def test_a_question_comes_into_view(read_back: ChatPage, bot: BotClient) -> None:
    ask(read_back, bot)
    assert is_at_end(read_back)
    top, bottom = bounds(read_back, ".own")
    assert 0 <= top < bottom <= log(read_back, "clientHeight")
    read_back.miss("#to-end")


def test_an_answer_that_fits_comes_into_view_below_its_question(
    read_back: ChatPage, bot: BotClient
) -> None:
    reply = ask(read_back, bot)
    scroll(read_back, 0)
    quotes = f"<blockquote expandable>{LONG}</blockquote>" * 3
    buttons = [[{"text": "Nguồn", "callback_data": "x"}]] * 2
    bot.send(quotes, **reply, reply_markup={"inline_keyboard": buttons})
    read_back.see(".keyboard button", "Nguồn")
    assert len(read_back.all(".other:last-child .toggle")) == 3
    assert is_at_end(read_back)
    (top, _), (_, bottom) = bounds(read_back, ".own"), bounds(read_back, ".other")
    assert 0 <= top < bottom <= log(read_back, "clientHeight")


def test_an_answer_too_tall_for_the_screen_shows_its_beginning(
    read_back: ChatPage, bot: BotClient
) -> None:
    reply = ask(read_back, bot)
    scroll(read_back, 0)
    bot.send("\n".join(["Tựa", *["dòng"] * 60]), **reply)
    read_back.see(".other", "Tựa")
    top, bottom = bounds(read_back, ".other")
    assert 0 <= top <= 16
    assert bottom > log(read_back, "clientHeight")
    read_back.see("#to-end").click()
    read_back.wait(lambda: is_at_end(read_back), "the end stays out of sight")


def test_an_answer_that_comes_while_the_page_scrolls(read_back: ChatPage, bot: BotClient) -> None:
    read_back.prefer("light", motion="no-preference")
    read_back.type("Ai chủ trì?", Keys.ENTER)
    asked = bot.update()["message"]
    bot.call("sendChatAction", chat_id=PRIVATE, action="typing")
    bot.send("một", reply_parameters={"message_id": asked["message_id"]})
    bot.send("hai")
    read_back.see(".other", "hai")
    read_back.wait(lambda: is_at_end(read_back), "the end stays out of sight")


def test_a_reader_who_has_scrolled_up_is_left_there(read_back: ChatPage, bot: BotClient) -> None:
    scroll(read_back, 300)
    bot.send("Tin mới")
    read_back.see(".other", "Tin mới")
    assert log(read_back, "scrollTop") == 300
    read_back.see("#to-end")


def test_in_a_group_the_answers_to_others_are_followed_at_the_end_alone(
    read_back: ChatPage, bot: BotClient, server: DemoServer
) -> None:
    read_back.see("#rooms a", "Newsroom").click()
    for number in range(12):
        bot.send(f"{number}\n{LONG}", GROUP)
    read_back.see(".message", "11\n")
    assert is_at_end(read_back)
    said = PersonClient(server.url, MAI).say("/ask ai?", GROUP)
    reply = {"reply_parameters": {"message_id": said["message_id"]}}
    bot.send("Bà X.", GROUP, **reply)
    read_back.see(".message", "Bà X.")
    assert is_at_end(read_back)
    scroll(read_back, 300)
    bot.send("Bà Y.", GROUP, **reply)
    read_back.see(".message", "Bà Y.")
    assert log(read_back, "scrollTop") == 300


def test_a_changed_message_moves_nothing(read_back: ChatPage, bot: BotClient) -> None:
    sent = bot.send("một")
    read_back.see(".message", "một")
    bot.call("editMessageText", chat_id=PRIVATE, message_id=sent["message_id"], text="hai")
    read_back.see(".message", "hai")
    assert log(read_back, "scrollTop") == 0
