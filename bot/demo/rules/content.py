"""What a message says: its text as Telegram keeps it, or the reason why it refuses it."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import MessageEntity
from telegram.constants import MessageLimit

from bot.demo.errors import BadRequest
from bot.demo.rules.detection import detect
from bot.demo.rules.entities import ParsedText, ParseError, parse_html, utf16_length

MOST_ENTITIES = 100  # the text past them shows without formatting


def plain_content(text: str, entities: Sequence[MessageEntity] = ()) -> ParsedText:
    """Return the text without outer white space, with what Telegram marks by itself."""
    content = ParsedText(text, tuple(entities)).stripped()
    if not content.text:
        raise BadRequest("message text is empty")
    if utf16_length(content.text) > MessageLimit.MAX_TEXT_LENGTH:
        raise BadRequest("message is too long")
    detected = detect(content)
    return ParsedText(detected.text, detected.entities[:MOST_ENTITIES])


def caption_content(text: str) -> ParsedText:
    """Return what is said of a file, which may be nothing."""
    if utf16_length(text) > MessageLimit.CAPTION_LENGTH:
        raise BadRequest("message caption is too long")
    return plain_content(text) if text.strip() else ParsedText("")


def marked_up_content(
    text: str, parse_mode: str, entities: Sequence[MessageEntity] | None = None
) -> ParsedText:
    """Return what a bot's text stands for: HTML where `parse_mode` says so."""
    if not parse_mode:
        return plain_content(text, entities or ())
    if parse_mode.lower() != "html":
        raise BadRequest("unsupported parse_mode")
    try:
        parsed = parse_html(text)
    except ParseError as error:
        raise BadRequest(f"can't parse entities: {error}") from error
    return plain_content(parsed.text, parsed.entities)
