"""Which inline results Telegram accepts, and the content of the message that each becomes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from telegram.constants import InlineQueryLimit, InlineQueryResultLimit

from bot.demo.errors import BadRequest
from bot.demo.rules.content import marked_up_content
from bot.demo.rules.entities import ParsedText

InlineResult = dict[str, Any]
"""An `InlineQueryResult` of the Bot API, as JSON."""


def check_results(results: Sequence[InlineResult], next_offset: str) -> None:
    """Raise `BadRequest` if Telegram does not accept this answer to an inline query."""
    if len(results) > InlineQueryLimit.RESULTS:
        raise BadRequest("RESULTS_TOO_MUCH")
    if len(next_offset.encode()) > InlineQueryLimit.MAX_OFFSET_LENGTH:
        raise BadRequest("NEXT_OFFSET_INVALID")
    if len({_id(result) for result in results}) < len(results):
        raise BadRequest("RESULT_ID_DUPLICATE")
    for result in results:
        _check(result)


def content_of(result: InlineResult) -> ParsedText:
    """Return the content of the message that an article becomes; raise `BadRequest` without one."""
    content = result.get("input_message_content", {})
    if "message_text" not in content:
        raise BadRequest("can't parse input message content: Message text is not specified")
    return marked_up_content(content["message_text"], content.get("parse_mode", ""))


def _check(result: InlineResult) -> None:
    if not 1 <= len(_id(result).encode()) <= InlineQueryResultLimit.MAX_ID_LENGTH:
        raise BadRequest("RESULT_ID_INVALID")
    if result.get("type") != "article":
        raise BadRequest("can't parse inline query result: this server shows articles alone")
    if not result.get("title"):
        raise BadRequest('can\'t parse inline query result: Field "title" is empty')
    content_of(result)


def _id(result: InlineResult) -> str:
    return str(result.get("id", ""))
