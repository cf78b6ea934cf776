"""The chat page in headless Chromium, with the test in the bot's place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from bot.demo.server import DemoServer
from tests.helpers.controlled_server.server import ControlledServer
from tests.helpers.demo_client import (
    ASEAN,
    FORUM,
    GROUP,
    PRIVATE,
    BotClient,
    PersonClient,
    plain_entities,
)

CHROMIUM = shutil.which("chromium")
CHROMEDRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --lang=en"
    " --disable-background-networking --disable-component-update --disable-sync"
)
PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
LONG = "Một câu dài để trích dẫn không vừa ba dòng. " * 12

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and CHROMEDRIVER),
    reason="the page needs a browser: apt-get install chromium chromium-driver",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in FLAGS.split():
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = Chrome(options, Service(CHROMEDRIVER))
    yield browser
    browser.quit()


class Page:
    """The page as a person sees and uses it."""

    def __init__(self, browser: Chrome, url: str) -> None:
        self.browser = browser
        self.prefer("light")
        browser.get(url)
        self.see("#rooms a")

    def prefer(self, scheme: str) -> None:
        """Set what the system prefers: light or dark, and no motion, which has no time here."""
        wishes = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        features = [{"name": name, "value": value} for name, value in wishes.items()]
        self.command("Emulation.setEmulatedMedia", features=features)

    def all(self, selector: str) -> list[WebElement]:
        found: list[WebElement] = self.browser.find_elements(By.CSS_SELECTOR, selector)
        return [element for element in found if element.is_displayed()]

    def see(self, selector: str, text: str = "") -> WebElement:
        """Wait until an element shows that holds `text`."""
        found: list[WebElement] = self.wait(
            lambda: [element for element in self.all(selector) if text in element.text],
            f"no {selector} with {text!r}",
        )
        return found[0]

    def miss(self, selector: str) -> None:
        """Wait until nothing of the kind shows."""
        self.wait(lambda: not self.all(selector), f"{selector} stays")

    def wait(self, condition: Callable[[], Any], what: str) -> Any:  # noqa: ANN401 - what it gives
        """Wait until the condition gives something; elements may be replaced meanwhile."""
        gone = [StaleElementReferenceException]
        patient = WebDriverWait(self.browser, 10, poll_frequency=0.05, ignored_exceptions=gone)
        return patient.until(lambda _: condition(), what)

    def type(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        ActionChains(self.browser).send_keys(*keys).perform()

    def run(self, script: str, *arguments: object) -> Any:  # noqa: ANN401 - any value of JavaScript
        return self.browser.execute_script(script, *arguments)

    def command(self, name: str, **parameters: object) -> None:
        self.browser.execute_cdp_cmd(name, parameters)


@pytest.fixture
def page(browser: Chrome, server: DemoServer) -> Iterator[Page]:
    yield Page(browser, server.url)
    faults = messages(browser)
    browser.get("about:blank")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert faults == []


def messages(browser: Chrome) -> list[str]:
    """Take what the browser has to say against the page."""
    log = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return [entry["message"] for entry in log]


def test_a_question_by_keyboard_and_its_answer(page: Page, bot: BotClient) -> None:
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


def test_a_question_by_mouse(page: Page, bot: BotClient) -> None:
    send = page.see("#send")
    assert not send.is_enabled()
    page.type("Ai chủ trì?")
    send.click()
    assert bot.update()["message"]["text"] == "Ai chủ trì?"
    page.wait(lambda: not send.is_enabled(), "the button stays")


def test_every_name_in_the_page_is_its_own(page: Page) -> None:
    names = page.run("return [...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(set(names)) == len(names) > 30
    icons = page.run(
        "return [...document.querySelectorAll('use')].map((e) => e.getAttribute('href'))"
    )
    assert {icon[1:] for icon in icons} <= set(names)


def test_a_long_quotation_opens_and_closes(page: Page, bot: BotClient) -> None:
    bot.send(f"<blockquote expandable>{LONG}</blockquote><blockquote expandable>Ngắn.</blockquote>")
    toggle = page.see("blockquote .toggle", "Show more")
    assert len(page.all("blockquote .toggle")) == 1
    body = page.browser.find_element(By.ID, str(toggle.get_attribute("aria-controls")))
    line = float(body.value_of_css_property("line-height").removesuffix("px"))
    assert toggle.get_attribute("aria-expanded") == "false"
    assert body.size["height"] <= 3 * line + 1
    toggle.send_keys(Keys.ENTER)
    assert (toggle.get_attribute("aria-expanded"), toggle.text[:9]) == ("true", "Show less")
    assert body.size["height"] > 4 * line
    toggle.click()
    assert body.size["height"] <= 3 * line + 1


def test_a_button_is_pressed_and_answered(page: Page, bot: BotClient) -> None:
    buttons = [[{"text": "English", "callback_data": "en"}, {"text": "↗", "url": "https://a.vn/"}]]
    bot.send("Chọn", reply_markup={"inline_keyboard": buttons})
    page.see(".keyboard button", "English").click()
    query = bot.update()["callback_query"]
    assert (query["data"], query["from"]["language_code"]) == ("en", "en")
    page.see(".keyboard .waiting")
    bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Đã chọn <b>")
    assert page.see("#toast", "Đã chọn").text == "Đã chọn <b>"
    page.miss(".keyboard .waiting")
    page.see(".keyboard button").click()
    query = bot.update()["callback_query"]
    bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Hỏng", show_alert=True)
    assert page.see("dialog p").text == "Hỏng"
    page.type(Keys.ENTER)
    page.miss("dialog")
    link = page.see(".keyboard a")
    assert link.get_attribute("href") == "https://a.vn/"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_hostile_text_stays_text(page: Page, bot: BotClient) -> None:
    hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    page.type(hostile, Keys.ENTER)
    assert bot.update()["message"]["text"] == hostile
    assert page.see(".own .text").text.startswith(hostile)
    escaped = hostile.replace("<", "&lt;").replace(">", "&gt;")
    bot.send(f"<pre>{escaped}</pre>", reply_parameters={"message_id": 1})
    assert page.see(".other pre").text == hostile
    assert page.see(".quoted span").text == hostile
    assert page.all(".log img, .log script") == []
    assert page.browser.title == "Trích Dẫn"


def test_the_command_menu_by_keyboard(page: Page, bot: BotClient) -> None:
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


def offered(page: Page, keys: str = Keys.BACKSPACE + "/") -> list[str]:
    """Type into the field and return the menu that shows."""
    page.see("#text").send_keys(keys)
    return [option.text for option in page.all("#commands [role=option]")]


def test_the_clients_language(page: Page, bot: BotClient) -> None:
    assert page.see("#text").get_attribute("placeholder") == "Message"
    page.see(".choice span[lang=vi]").click()
    assert page.see("#text").get_attribute("placeholder") == "Tin nhắn"
    assert page.run("return document.documentElement.lang") == "vi"
    page.see("#text").send_keys("xin chào", Keys.ENTER)
    assert bot.update()["message"]["from"]["language_code"] == "vi"
    page.browser.refresh()
    assert page.see(".message .text").text.startswith("xin chào")
    assert page.see("#text").get_attribute("placeholder") == "Tin nhắn"


def test_a_reply_is_begun_taken_back_and_sent(page: Page, bot: BotClient) -> None:
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


def test_a_group_with_two_voices(page: Page, bot: BotClient) -> None:
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


def test_questions_to_try(page: Page, bot: BotClient) -> None:
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


def test_it_shows_that_the_bot_starts_and_types(page: Page, bot: BotClient) -> None:
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


def test_edits_and_deletions_are_followed(page: Page, bot: BotClient) -> None:
    place = {"chat_id": PRIVATE, "message_id": bot.send("một")["message_id"]}
    page.see(".message", "một")
    bot.call("editMessageText", **place, text="hai")
    assert page.see(".message", "hai").text.splitlines()[0] == "hai"
    assert page.see(".stamp").text.startswith("edited ")
    bot.call("deleteMessage", **place)
    page.miss(".message")
    page.see("#welcome")


def test_another_chat_counts_what_is_unread(page: Page, bot: BotClient) -> None:
    bot.send("một", GROUP)
    bot.send("hai", GROUP)
    assert page.see("#rooms .badge").text == "2"
    page.see("#rooms a", "Newsroom").click()
    page.miss("#rooms .badge")
    assert [item.text.splitlines()[-2] for item in page.all(".message .bubble")] == ["một", "hai"]


def test_formatting_becomes_elements(page: Page, bot: BotClient) -> None:
    bot.send(
        'a <b>b <i>c</i></b> <code>d</code> <a href="https://e.vn/">e</a> '
        "<b>www.</b>f.vn @mai <tg-spoiler>g</tg-spoiler>\n<blockquote>h</blockquote>\ni /help"
    )
    text = page.see(".message .text")
    spoiler = page.see(".spoiler")
    assert spoiler.accessible_name == "Hidden text, press to see"
    spoiler.click()
    assert text.text.splitlines()[:2] == ["a b c d e www.f.vn @mai g", "h"]
    away = 'target="_blank" rel="noopener noreferrer"'
    expected = (
        'a <strong class="bold">b <em class="italic">c</em></strong> <code class="code">d</code> '
        f'<a href="https://e.vn/" title="https://e.vn/" {away}>e</a> '
        f'<a href="https://www.f.vn" title="https://www.f.vn" {away}>'
        '<strong class="bold">www.</strong>f.vn</a> <span class="mention">@mai</span> '
        '<button type="button" class="spoiler shown" aria-expanded="true">g</button>'
        '<blockquote class="blockquote">h</blockquote>i '
        '<button type="button" class="command">/help</button>'
    )
    markup = page.run("return arguments[0].innerHTML.split('<span class=\"stamp')[0]", text)
    assert markup == expected
    page.see(".command").click()
    assert bot.update()["message"]["text"] == "/help"


def test_it_fits_a_phone(page: Page, bot: BotClient) -> None:
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


def test_it_is_light_or_dark_as_the_system(page: Page) -> None:
    def brightness(scheme: str) -> int:
        page.prefer(scheme)
        color = page.see(".sidebar").value_of_css_property("background-color")
        return sum(int(part) for part in color.partition("(")[2].rstrip(")").split(",")[:3])

    assert brightness("light") > 700
    assert brightness("dark") < 100


def test_every_control_has_a_name(page: Page, bot: BotClient) -> None:
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
        page = Page(browser, server.url)
        page.type("một", Keys.ENTER)
        page.see(".message", "một")
    page.see("#notice", "The demo is gone")
    with DemoServer.running(int(server.url.rpartition(":")[2])):
        page.see("#welcome")
        page.miss(".message")
        browser.get("about:blank")
    assert all("net::ERR_" in message for message in messages(browser))


def test_an_edited_question(page: Page, bot: BotClient) -> None:
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


def test_a_file_is_sent(page: Page, bot: BotClient, tmp_path: Path) -> None:
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


def test_a_topic_of_a_forum(page: Page, bot: BotClient) -> None:
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


def test_inline_results_are_offered_and_sent(page: Page, bot: BotClient) -> None:
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


def test_a_link_to_the_bot_opens_the_chat_with_it(page: Page, bot: BotClient) -> None:
    page.see("#rooms a", "Newsroom").click()
    button = {"text": "Đọc", "url": "https://t.me/trichdan_bot?start=src_1_2"}
    bot.send("x", GROUP, reply_markup={"inline_keyboard": [[button]]})
    page.see(".keyboard a").click()
    said = bot.update()["message"]
    assert (said["chat"]["id"], said["text"]) == (PRIVATE, "/start src_1_2")
    assert page.see(".title h2").text == "Trích Dẫn"
    assert len(page.browser.window_handles) == 1


def test_a_citation_is_copied(page: Page, bot: BotClient) -> None:
    allowed = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    page.command("Browser.grantPermissions", permissions=allowed)
    button = {"text": "Chép", "copy_text": {"text": "“Ông X chủ trì.” — Báo A"}}
    bot.send("x", reply_markup={"inline_keyboard": [[button]]})
    page.see(".keyboard button").click()
    page.see("#toast", "Copied")
    assert page.run("return navigator.clipboard.readText()") == "“Ông X chủ trì.” — Báo A"


def test_what_is_no_text_has_its_place(browser: Chrome) -> None:
    with ControlledServer.running() as server:
        page = Page(browser, server.url)
        PersonClient(server.url).send_other(dice={"emoji": "🎲", "value": 1})
        assert page.see(".message .text").text.startswith("(not a text)")
        browser.get("about:blank")
    assert messages(browser) == []
