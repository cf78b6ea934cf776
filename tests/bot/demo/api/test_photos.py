"""Photos that the bot sends over the demo's server."""

from __future__ import annotations

from io import BytesIO

import httpx
import pytest
from PIL import Image

from bot.demo.server import DemoServer
from tests.helpers.demo_client import GROUP, BotClient, PersonClient, plain_entities


def jpeg(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "white").save(file, "JPEG")
    return file.getvalue()


def test_a_photo_is_a_message_whose_picture_the_page_can_show(
    server: DemoServer, minh: PersonClient, bot: BotClient
) -> None:
    question = minh.say("Trang nào?")
    sent = bot.send_photo(
        jpeg(30, 40),
        caption="<b>Biên bản</b>, tr. 3",
        parse_mode="HTML",
        reply_parameters=f'{{"message_id": {question["message_id"]}}}',
    )["result"]
    assert minh.next_from_bot() == sent
    assert (sent["caption"], "text" in sent) == ("Biên bản, tr. 3", False)
    assert plain_entities(
        sent | {"text": sent["caption"], "entities": sent["caption_entities"]}
    ) == [("bold", "Biên bản")]
    assert sent["reply_to_message"]["message_id"] == question["message_id"]
    (size,) = sent["photo"]
    assert (size["width"], size["height"]) == (30, 40)
    shown = httpx.get(f"{server.url}/photo/{size['file_id']}")
    assert (shown.content, shown.headers["Content-Type"]) == (jpeg(30, 40), "image/jpeg")
    assert shown.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert httpx.get(f"{server.url}/photo/other").status_code == 404


@pytest.mark.parametrize(
    ("photo", "caption", "said"),
    [
        (b"no picture", "", "IMAGE_PROCESS_FAILED"),
        (jpeg(3, 61), "", "PHOTO_INVALID_DIMENSIONS"),
        (jpeg(6000, 4001), "", "PHOTO_INVALID_DIMENSIONS"),
        (jpeg(3, 60), "x" * 1025, "message caption is too long"),
    ],
)
def test_what_telegram_takes_for_no_photo_is_refused(
    bot: BotClient, photo: bytes, caption: str, said: str
) -> None:
    answer = bot.send_photo(photo, GROUP, caption=caption)
    assert (answer["error_code"], answer["description"]) == (400, f"Bad Request: {said}")
