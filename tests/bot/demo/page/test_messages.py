"""How the chat page shows messages: their text, quotations, buttons, edits."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.helpers.chat_page import ChatPage, complaints
from tests.helpers.controlled_server.server import ControlledServer
from tests.helpers.demo_client import (
    PRIVATE,
    BotClient,
    PersonClient,
)

LONG = "Một câu dài để trích dẫn không vừa ba dòng. " * 12


def test_hostile_text_stays_text(page: ChatPage, bot: BotClient) -> None:
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


def test_a_long_quotation_opens_and_closes(page: ChatPage, bot: BotClient) -> None:
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


def test_a_photo_is_seen_with_its_caption(page: ChatPage, bot: BotClient) -> None:
    file = BytesIO()
    Image.new("RGB", (60, 80), "white").save(file, "JPEG")
    bot.send_photo(file.getvalue(), caption="tr. 3")
    assert page.see(".other .text", "tr. 3")
    image = page.see(".other .photo img")
    assert image.get_property("naturalHeight") == 80
    assert str(image.get_attribute("src")).endswith("/photo/photo-0")


def test_a_button_is_pressed_and_answered(page: ChatPage, bot: BotClient) -> None:
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


def test_edits_and_deletions_are_followed(page: ChatPage, bot: BotClient) -> None:
    place = {"chat_id": PRIVATE, "message_id": bot.send("một")["message_id"]}
    page.see(".message", "một")
    bot.call("editMessageText", **place, text="hai")
    assert page.see(".message", "hai").text.splitlines()[0] == "hai"
    assert page.see(".stamp").text.startswith("edited ")
    bot.call("deleteMessage", **place)
    page.miss(".message")
    page.see("#welcome")


def test_formatting_becomes_elements(page: ChatPage, bot: BotClient) -> None:
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


def test_a_citation_is_copied(page: ChatPage, bot: BotClient) -> None:
    allowed = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    page.command("Browser.grantPermissions", permissions=allowed)
    button = {"text": "Chép", "copy_text": {"text": "“Ông X chủ trì.” — Báo A"}}
    bot.send("x", reply_markup={"inline_keyboard": [[button]]})
    page.see(".keyboard button").click()
    page.see("#toast", "Copied")
    assert page.run("return navigator.clipboard.readText()") == "“Ông X chủ trì.” — Báo A"


def test_what_is_no_text_has_its_place(browser: Chrome) -> None:
    with ControlledServer.running() as server:
        page = ChatPage(browser, server.url)
        PersonClient(server.url).send_other(dice={"emoji": "🎲", "value": 1})
        assert page.see(".message .text").text.startswith("(not a text)")
        browser.get("about:blank")
    assert complaints(browser) == []
