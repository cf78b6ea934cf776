"""The content of a message: its text with entities as Telegram keeps it, or an error."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import MessageEntity
from telegram.constants import MessageLimit

from bot.demo.errors import BadRequest
from bot.demo.rules.detection import detect
from bot.demo.rules.entities import ParsedText, ParseError, parse_html, utf16_length

MOST_ENTITIES = 100  # Telegram shows the rest of the text without formatting


def plain_content(text: str, entities: Sequence[MessageEntity] = ()) -> ParsedText:
    """Return the text without outer white space, with the entities that Telegram detects.

    Raises:
        BadRequest: The text is empty or too long.
    """
    content = ParsedText(text, tuple(entities)).stripped()
    if not content.text:
        raise BadRequest("message text is empty")
    if utf16_length(content.text) > MessageLimit.MAX_TEXT_LENGTH:
        raise BadRequest("message is too long")
    detected = detect(content)
    return ParsedText(detected.text, detected.entities[:MOST_ENTITIES])


def caption_content(text: str, parse_mode: str = "") -> ParsedText:
    """Return the caption of a file, which may be empty.

    Raises:
        BadRequest: It is too long, or as `marked_up_content` does.
    """
    content = marked_up_content(text, parse_mode) if text.strip() else ParsedText("")
    if utf16_length(content.text) > MessageLimit.CAPTION_LENGTH:
        raise BadRequest("message caption is too long")
    return content


def marked_up_content(
    text: str, parse_mode: str, entities: Sequence[MessageEntity] | None = None
) -> ParsedText:
    """Return the content of a bot's message.

    Args:
        text: Plain text, or HTML if `parse_mode` says so.
        parse_mode: "" or "HTML", in upper or lower case.
        entities: The entities of a plain text.

    Raises:
        BadRequest: The mode is not supported, or the text is wrong HTML, empty or too long.
    """
    if not parse_mode:
        return plain_content(text, entities or ())
    if parse_mode.lower() != "html":
        raise BadRequest("unsupported parse_mode")
    try:
        parsed = parse_html(text)
    except ParseError as error:
        raise BadRequest(f"can't parse entities: {error}") from error
    return plain_content(parsed.text, parsed.entities)
