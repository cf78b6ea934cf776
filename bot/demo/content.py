"""What a message says: its text as Telegram keeps it, or the reason why it refuses it."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import MessageEntity
from telegram.constants import MessageLimit

from bot.demo.detection import detect
from bot.demo.entities import ParsedText, ParseError, parse_html, utf16_length
from bot.demo.errors import BadRequest


def plain_content(text: str, entities: Sequence[MessageEntity] = ()) -> ParsedText:
    """Return the text without outer white space, with what Telegram marks by itself."""
    content = ParsedText(text, tuple(entities)).stripped()
    if not content.text:
        raise BadRequest("message text is empty")
    if utf16_length(content.text) > MessageLimit.MAX_TEXT_LENGTH:
        raise BadRequest("message is too long")
    return detect(content)


def html_content(html: str) -> ParsedText:
    """Return what marked-up text stands for, likewise."""
    try:
        parsed = parse_html(html)
    except ParseError as error:
        raise BadRequest(f"can't parse entities: {error}") from error
    return plain_content(parsed.text, parsed.entities)
