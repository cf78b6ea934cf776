"""The chat page as a whole: chats, languages, screens, the state of the bot."""

from __future__ import annotations

from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from bot.demo.server import DemoServer
from tests.helpers.chat_page import ChatPage, complaints
from tests.helpers.demo_client import (
    ASEAN,
    FORUM,
    GROUP,
    PRIVATE,
    BotClient,
    plain_entities,
)

LONG = "Một câu dài để trích dẫn không vừa ba dòng. " * 12
PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}


def test_every_name_in_the_page_is_its_own(page: ChatPage) -> None:
    names = page.run("return [...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(set(names)) == len(names) > 30
    icons = page.run(
        "return [...document.querySelectorAll('use')].map((e) => e.getAttribute('href'))"
    )
    assert {icon[1:] for icon in icons} <= set(names)


def test_the_clients_language(page: ChatPage, bot: BotClient) -> None:
    assert page.see("#text").get_attribute("placeholder") == "Message"
    page.see(".choice span[lang=vi]").click()
    assert page.see("#text").get_attribute("placeholder") == "Tin nhắn"
    assert page.run("return document.documentElement.lang") == "vi"
    page.see("#text").send_keys("xin chào", Keys.ENTER)
    assert bot.update()["message"]["from"]["language_code"] == "vi"
    page.browser.refresh()
    assert page.see(".message .text").text.startswith("xin chào")
    assert page.see("#text").get_attribute("placeholder") == "Tin nhắn"


def test_a_group_with_two_voices(page: ChatPage, bot: BotClient) -> None:
    page.see("#rooms a", "Newsroom").click()
    assert page.see(".title h2").text == "Phòng tin · Newsroom"
    page.type("@trichdan_bot ai?", Keys.ENTER)
    said = bot.update()["message"]
    assert (said["chat"]["id"], said["from"]["first_name"]) == (GROUP, "Minh")
    assert plain_entities(said) == [("mention", "@trichdan_bot")]
    page.see("#speaker-choice span", "Mai").click()
    assert page.see(".message.other .sender").text == "Minh"
    page.see("#text").send_keys("/ask", Keys.ENTER)
    assert bot.update()["message"]["from"]["first_name"] == "Mai"
    page.see(".message.own", "/ask")


def test_it_shows_that_the_bot_starts_and_types(page: ChatPage, bot: BotClient) -> None:
    assert "The bot is starting" in page.see("#notice").text
    assert page.see("#room-status").text == "bot · starting…"
    assert bot.call("getUpdates") == []
    page.miss("#notice")
    assert page.see("#room-status").text == "bot · ready to answer"
    bot.call("sendChatAction", chat_id=PRIVATE, action="typing")
    page.see("#typing")
    assert page.see("#room-status").text == "Trích Dẫn is typing…"
    bot.send("xong")
    page.miss("#typing")


def test_another_chat_counts_what_is_unread(page: ChatPage, bot: BotClient) -> None:
    bot.send("một", GROUP)
    bot.send("hai", GROUP)
    assert page.see("#rooms .badge").text == "2"
    page.see("#rooms a", "Newsroom").click()
    page.miss("#rooms .badge")
    assert [item.text.splitlines()[-2] for item in page.all(".message .bubble")] == ["một", "hai"]


def test_it_fits_a_phone(page: ChatPage, bot: BotClient) -> None:
    page.command("Emulation.setDeviceMetricsOverride", **PHONE)
    page.miss(".chat")
    page.see("#rooms a", "Newsroom").click()
    page.miss(".sidebar")
    buttons = [[{"text": "Một nút rất dài " * 3, "callback_data": str(n)} for n in range(3)]]
    bot.send(
        f"{'x' * 300} https://a.vn/{'y' * 200}\n<pre>{'z' * 200}</pre>"
        f"<blockquote expandable>{LONG}</blockquote>",
        GROUP,
        reply_markup={"inline_keyboard": buttons},
    )
    page.see(".message .toggle").click()
    page.see("#open-ideas").click()
    page.see("#ideas .idea")
    too_wide = page.run(
        "return [...document.querySelectorAll('body, body *')]"
        ".filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1)"
        ".map((e) => e.outerHTML)"
    )
    assert too_wide == []
    assert page.run("return document.documentElement.scrollWidth") == 360
    assert page.run("return document.getElementById('log').scrollWidth") == 360
    page.see("#back-to-list").click()
    page.miss(".chat")
    page.see("#rooms a")


def test_it_is_light_or_dark_as_the_system(page: ChatPage) -> None:
    def brightness(scheme: str) -> int:
        page.prefer(scheme)
        color = page.see(".sidebar").value_of_css_property("background-color")
        return sum(int(part) for part in color.partition("(")[2].rstrip(")").split(",")[:3])

    assert brightness("light") > 700
    assert brightness("dark") < 100


def test_every_control_has_a_name(page: ChatPage, bot: BotClient) -> None:
    bot.send("<tg-spoiler>x</tg-spoiler> /help")
    page.see(".message")
    page.see("#rooms a", "Newsroom").click()
    page.see("#open-ideas").click()
    page.see("#ideas")
    controls = page.all("button, a, textarea, .choice input")
    assert len(controls) > 15
    assert [control.get_attribute("outerHTML") for control in controls if not named(control)] == []


def named(control: WebElement) -> bool:
    return bool(control.accessible_name.strip())


def test_a_lost_server_is_told_and_found_again(browser: Chrome) -> None:
    with DemoServer.running() as server:
        page = ChatPage(browser, server.url)
        page.type("một", Keys.ENTER)
        page.see(".message", "một")
    page.see("#notice", "The demo is gone")
    with DemoServer.running(int(server.url.rpartition(":")[2])):
        page.see("#welcome")
        page.miss(".message")
        browser.get("about:blank")
    assert all("net::ERR_" in message for message in complaints(browser))


def test_a_topic_of_a_forum(page: ChatPage, bot: BotClient) -> None:
    page.see("#rooms a.in-forum", "ASEAN").click()
    assert page.see(".title h2").text == "ASEAN"
    page.type("/ask ai?", Keys.ENTER)
    asked = bot.update()["message"]
    assert (asked["chat"]["id"], asked["message_thread_id"]) == (FORUM, ASEAN)
    bot.send("trong chủ đề", FORUM, reply_parameters={"message_id": asked["message_id"]})
    bot.send("ngoài chủ đề", FORUM)
    page.see(".message.other", "trong chủ đề")
    assert len(page.all(".message.other")) == 1
    assert page.all(".own .quoted") == []
    page.see("#rooms a", "Toà soạn").click()
    page.see(".message.other", "ngoài chủ đề")
    assert len(page.all(".message")) == 1


def test_a_link_to_the_bot_opens_the_chat_with_it(page: ChatPage, bot: BotClient) -> None:
    page.see("#rooms a", "Newsroom").click()
    button = {"text": "Đọc", "url": "https://t.me/trichdan_bot?start=src_1_2"}
    bot.send("x", GROUP, reply_markup={"inline_keyboard": [[button]]})
    page.see(".keyboard a").click()
    said = bot.update()["message"]
    assert (said["chat"]["id"], said["text"]) == (PRIVATE, "/start src_1_2")
    assert page.see(".title h2").text == "Trích Dẫn"
    assert len(page.browser.window_handles) == 1
