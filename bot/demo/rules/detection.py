"""The entities that Telegram detects in a text: commands, mentions, web and mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from telegram import MessageEntity
from telegram.constants import MessageEntityType as Kind

from bot.demo.rules.entities import ParsedText

DOMAINS = "com|net|org|edu|gov|info|int|io|eu|uk|vn"
PATTERNS = {
    Kind.EMAIL: re.compile(rf"(?<![\w.+-])[\w.+-]+@(?:[a-z\d-]+\.)+(?:{DOMAINS})\b", re.ASCII),
    Kind.URL: re.compile(
        rf"(?<![\w.@/])(?:https?://[\w-]+(?:\.[\w-]+)*|(?:[a-z\d-]+\.)+(?:{DOMAINS})(?![\w.-]*\w))"
        r"(?::\d+)?(?:[/?#][^\s<>\"]*)?",
        re.IGNORECASE,
    ),
    Kind.MENTION: re.compile(r"(?<!\w)@[a-zA-Z0-9_]{3,32}(?!\w)"),
    Kind.BOT_COMMAND: re.compile(
        r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])"
    ),
}
TRAILING = ".,;:!?'\"()[]»”’…"
OPAQUE = {Kind.CODE, Kind.PRE, Kind.TEXT_LINK}


def detect(content: ParsedText) -> ParsedText:
    """Return the text with the detected entities added; nothing is detected in code and links."""
    taken = [entity for entity in content.entities if entity.type in OPAQUE]
    found: list[MessageEntity] = []
    for entity in MessageEntity.adjust_message_entities_to_utf_16(
        content.text, list(_matches(content.text))
    ):
        if not any(_overlap(entity, other) for other in [*taken, *found]):
            found.append(entity)
    entities = sorted([*content.entities, *found], key=lambda e: (e.offset, -e.length))
    return ParsedText(content.text, tuple(entities))


def _matches(text: str) -> Iterator[MessageEntity]:
    """Yield all matches, offsets in code points; a kind that may contain another comes first."""
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            found = match[0].rstrip(TRAILING) if kind == Kind.URL else match[0]
            yield MessageEntity(kind, match.start(), len(found))


def _overlap(one: MessageEntity, other: MessageEntity) -> bool:
    return one.offset < other.offset + other.length and other.offset < one.offset + one.length
