"""The field to write in: questions, commands, replies, edits, files, inline results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from retrieval.reading.formats import SUFFIXES
from tests.helpers.chat_page import ChatPage
from tests.helpers.demo_client import (
    PRIVATE,
    BotClient,
)


def test_a_question_by_keyboard_and_its_answer(page: ChatPage, bot: BotClient) -> None:
    page.type("Ai chủ trì")
    ActionChains(page.browser).key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(
        Keys.SHIFT
    ).perform()
    page.type("hội nghị?", Keys.ENTER)
    asked = bot.update()["message"]
    assert (asked["chat"]["id"], asked["text"]) == (PRIVATE, "Ai chủ trì\nhội nghị?")
    bot.send(
        "<b>[1]</b> Tựa đề\n<blockquote>Trước. <b>Ông X chủ trì.</b> Sau.</blockquote>",
        reply_parameters={"message_id": asked["message_id"]},
    )
    quote = page.see(".message blockquote")
    assert quote.text == "Trước. Ông X chủ trì. Sau."
    strong = quote.find_element(By.CSS_SELECTOR, "strong")
    assert strong.text == "Ông X chủ trì."
    assert int(strong.value_of_css_property("font-weight")) >= 600
    assert page.see(".quoted span").text == "Ai chủ trì hội nghị?"
    assert page.run("return document.activeElement.id") == "text"
    log = page.see("#log")
    assert (log.aria_role, log.get_attribute("aria-busy")) == ("log", "false")


def test_a_question_by_mouse(page: ChatPage, bot: BotClient) -> None:
    send = page.see("#send")
    assert not send.is_enabled()
    page.type("Ai chủ trì?")
    send.click()
    assert bot.update()["message"]["text"] == "Ai chủ trì?"
    page.wait(lambda: not send.is_enabled(), "the button stays")


def test_the_command_menu_by_keyboard(page: ChatPage, bot: BotClient) -> None:
    english = [("ask", "ask a question"), ("sources", "see sources"), ("start", "begin")]
    commands = [{"command": name, "description": said} for name, said in english]
    bot.call("setMyCommands", commands=commands)
    vietnamese = [{"command": "ask", "description": "hỏi một câu"}]
    bot.call("setMyCommands", commands=vietnamese, language_code="vi")
    page.wait(lambda: offered(page), "no command menu")
    assert offered(page) == ["/ask ask a question", "/sources see sources", "/start begin"]
    page.type("s")
    assert offered(page, "") == ["/sources see sources", "/start begin"]
    page.type(Keys.ESCAPE)
    page.miss("#commands")
    page.type(Keys.BACKSPACE, Keys.ARROW_DOWN)
    chosen = page.see("#commands [aria-selected=true]")
    assert chosen.text == "/sources see sources"
    text = page.see("#text")
    assert text.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.type(Keys.ENTER)
    assert bot.update()["message"]["text"] == "/sources"
    page.type("/a", Keys.TAB)
    assert text.get_attribute("value") == "/ask "
    page.miss("#commands")
    text.clear()
    page.see(".choice span[lang=vi]").click()
    page.wait(lambda: offered(page) == ["/ask hỏi một câu"], "no Vietnamese menu")


def offered(page: ChatPage, keys: str = Keys.BACKSPACE + "/") -> list[str]:
    """Type into the field and return the menu that shows."""
    page.see("#text").send_keys(keys)
    return [option.text for option in page.all("#commands [role=option]")]


def test_a_reply_is_begun_taken_back_and_sent(page: ChatPage, bot: BotClient) -> None:
    sent = bot.send("Một tin\ncủa bot")
    page.see(".message")
    reply = page.browser.find_element(By.CSS_SELECTOR, ".message > .round")
    assert reply.get_attribute("aria-label") == "Reply to Trích Dẫn"
    reply.send_keys(Keys.ENTER)
    assert page.see("#target p").text == "Trích Dẫn\nMột tin của bot"
    page.type(Keys.ESCAPE)
    page.miss("#target")
    reply.send_keys(Keys.ENTER)
    page.type("/sources", Keys.ENTER)
    assert bot.update()["message"]["reply_to_message"]["message_id"] == sent["message_id"]
    page.miss("#target")
    page.see(".own .quoted").click()
    page.see(".message.lit", "Một tin")


def test_questions_to_try(page: ChatPage, bot: BotClient) -> None:
    ideas = page.all("#welcome .idea")
    assert len(ideas) == 6
    first = ideas[0].text.splitlines()[0]
    ideas[0].click()
    assert bot.update()["message"]["text"] == first
    page.miss("#welcome")
    page.see("#rooms a", "Newsroom").click()
    page.see("#open-ideas").click()
    page.see("#ideas .idea", "/sources").click()
    assert bot.update()["message"]["text"] == "/sources@trichdan_bot"
    page.miss("#ideas")
    page.see("#open-ideas").click()
    page.see("#ideas .idea", first).click()
    assert bot.update()["message"]["text"] == f"@trichdan_bot {first}"


def test_an_edited_question(page: ChatPage, bot: BotClient) -> None:
    page.type("Ai chủ trì?", Keys.ENTER)
    asked = bot.update()["message"]
    page.see(".message.own")
    page.type(Keys.ARROW_UP)
    assert page.see("#target p").text == "Edit message\nAi chủ trì?"
    page.type(Keys.ESCAPE)
    page.miss("#target")
    assert page.see("#text").get_attribute("value") == ""
    ActionChains(page.browser).double_click(page.see(".own .text")).perform()
    page.see("#target")
    page.type(Keys.END, " Ở đâu?", Keys.ENTER)
    edited = bot.update()["edited_message"]
    assert (edited["message_id"], edited["text"]) == (asked["message_id"], "Ai chủ trì? Ở đâu?")
    page.miss("#target")
    assert page.see(".own .stamp").text.startswith("edited ")


def test_a_file_is_sent(page: ChatPage, bot: BotClient, tmp_path: Path) -> None:
    file = tmp_path / "biên bản.txt"
    file.write_bytes(b"x" * 2000)
    page.type("của hôm qua")
    page.see("#attach")
    page.browser.find_element(By.ID, "file").send_keys(str(file))
    sent = bot.update()["message"]
    assert (sent["document"]["file_name"], sent["caption"]) == ("biên bản.txt", "của hôm qua")
    assert page.see(".own .file").text == "biên bản.txt\n2 KB"
    assert page.see(".own .text").text.startswith("của hôm qua")
    page.wait(lambda: page.see("#text").get_attribute("value") == "", "the caption stays")


def test_the_files_offered_are_those_that_the_bot_reads(page: ChatPage) -> None:
    field = page.browser.find_element(By.ID, "file")
    assert str(field.get_attribute("accept")).split(",") == list(SUFFIXES)


def test_inline_results_are_offered_and_sent(page: ChatPage, bot: BotClient) -> None:
    page.see("#rooms a", "Newsroom").click()
    page.see("#text").send_keys("@trichdan_bot ai")
    query = bot.update()["inline_query"]
    assert (query["query"], query["chat_type"]) == ("ai", "supergroup")
    answer(bot, query, "một", "hai", next_offset="2", button=START)
    page.see("#inline .more", "More results")
    assert [option.text for option in page.all("#inline [role=option]")] == [
        "Hỏi bot",
        "Tựa một\nmột",
        "Tựa hai\nhai",
        "More results",
    ]
    page.see("#inline .more", "More results").click()
    query = bot.update()["inline_query"]
    assert query["offset"] == "2"
    answer(bot, query, "ba")
    page.see("#inline", "Tựa ba")
    page.type(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER)
    sent = bot.update()["message"]
    assert (sent["text"], sent["via_bot"]["username"]) == ("hai", "trichdan_bot")
    assert page.see(".message.own .via").text == "via @trichdan_bot"
    page.miss("#inline")
    assert page.see("#text").get_attribute("value") == ""


START = {"text": "Hỏi bot", "start_parameter": "hoi"}


def answer(bot: BotClient, query: dict[str, Any], *words: str, **parameters: object) -> None:
    results = [
        {
            "type": "article",
            "id": word,
            "title": f"Tựa {word}",
            "description": word,
            "input_message_content": {"message_text": word},
        }
        for word in words
    ]
    bot.call("answerInlineQuery", inline_query_id=query["id"], results=results, **parameters)
