"""Whether a message is meant for the bot, and what it asks.

In a private chat every message is. In a group it is one with /ask, with a mention of the bot
anywhere in it, or in reply to one of the bot's messages; all others are none of its business.
A message that asks nothing itself but replies to somebody else's asks what that one says. What
somebody sends by the bot's inline mode is an answer already.
"""

from __future__ import annotations

from collections.abc import Iterable

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType, MessageEntityType


def question_in(message: Message, me: User) -> str | None:
    """Return what `message` asks the bot `me`, on one line, without command and mention.

    Empty if it asks nothing; None if it is not meant for the bot. A caption counts as text.
    """
    if not _is_for(message, me):
        return None
    replied = message.reply_to_message
    quoted = replied if replied and replied.from_user != me else None
    return _words(message, me) or (_words(quoted, me) if quoted else "")


def _is_for(message: Message, me: User) -> bool:
    if message.via_bot == me:
        return False
    if command := _command(message):
        name, _, addressee = command.lower().partition("@")
        return name == "/ask" and addressee in ("", (me.username or "").lower())
    replied = message.reply_to_message
    return (
        message.chat.type == ChatType.PRIVATE
        or (replied is not None and replied.from_user == me)
        or any(_names(entity, text, me) for entity, text in _entities(message).items())
    )


def _words(message: Message, me: User) -> str:
    """Return the message's text without the bot's mention and without the leading command."""
    ours = [
        entity
        for entity, text in _entities(message).items()
        if _is_command(entity) or _names(entity, text, me)
    ]
    text = _without(ours, message.text or message.caption or "")
    return " ".join(text.split()).lstrip(",:; ")


def _command(message: Message) -> str | None:
    return next((t for entity, t in _entities(message).items() if _is_command(entity)), None)


def _is_command(entity: MessageEntity) -> bool:
    return entity.type == MessageEntityType.BOT_COMMAND and entity.offset == 0


def _names(entity: MessageEntity, text: str, me: User) -> bool:
    """Tell whether the entity, which covers `text`, mentions the bot by username or by id."""
    if entity.type == MessageEntityType.MENTION:
        return text.lower() == f"@{me.username}".lower()
    return entity.type == MessageEntityType.TEXT_MENTION and entity.user == me


def _entities(message: Message) -> dict[MessageEntity, str]:
    if message.text:
        return message.parse_entities()
    return message.parse_caption_entities() if message.caption else {}


def _without(entities: Iterable[MessageEntity], text: str) -> str:
    # Telegram counts an entity's offset and length in UTF-16 code units of two bytes. Half an
    # emoji, which is no text, comes back as U+FFFD.
    encoded = text.encode("utf-16-le", "surrogatepass")
    for entity in sorted(entities, key=lambda entity: entity.offset, reverse=True):
        end = entity.offset + entity.length
        encoded = encoded[: 2 * entity.offset] + encoded[2 * end :]
    return encoded.decode("utf-16-le", "replace")
