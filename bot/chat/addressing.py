"""Finds out whether a message is meant for the bot, and what it asks.

In a private chat every message is meant for the bot. In a group it is a message with /ask, with a
mention of the bot anywhere in it, or in reply to one of the bot's messages; the bot ignores all
others. If a message asks nothing itself but replies to another person's message, that message is
the question. A message sent through the bot's inline mode is an answer, so it asks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType, MessageEntityType


def question_in(message: Message, me: User) -> str | None:
    """Return what a message asks the bot; a caption counts as text.

    Args:
        message: The message.
        me: The bot's own user.

    Returns:
        The question on one line, without command and mention, empty if the message asks nothing.
        None if the message is not meant for the bot.
    """
    if not _is_for(message, me):
        return None
    replied = message.reply_to_message
    quoted = replied if replied and replied.from_user != me else None
    return _words(message, me) or (_words(quoted, me) if quoted else "")


def _is_for(message: Message, me: User) -> bool:
    if message.via_bot == me:
        return False
    private = message.chat.type == ChatType.PRIVATE
    if command := _command(message):
        name, _, addressee = command.lower().partition("@")
        is_asking = name == "/ask" and addressee in ("", (me.username or "").lower())
        # Other commands have handlers of their own, but those do not read captions.
        return is_asking or (private and not message.text)
    replied = message.reply_to_message
    return (
        private
        or (replied is not None and replied.from_user == me)
        or any(_mentions(entity, text, me) for entity, text in _entities(message).items())
    )


def _words(message: Message, me: User) -> str:
    """Return the message's text without the bot's mention and without the leading command."""
    ours = [
        entity
        for entity, text in _entities(message).items()
        if _is_command(entity) or _mentions(entity, text, me)
    ]
    text = _without(ours, _text_of(message))
    return " ".join(text.split()).lstrip(",:; ")


def _command(message: Message) -> str | None:
    return next((t for entity, t in _entities(message).items() if _is_command(entity)), None)


def _is_command(entity: MessageEntity) -> bool:
    return entity.type == MessageEntityType.BOT_COMMAND and entity.offset == 0


def _mentions(entity: MessageEntity, text: str, me: User) -> bool:
    """Return whether the entity, which covers `text`, mentions the bot by username or by id."""
    if entity.type == MessageEntityType.MENTION:
        return text.lower() == f"@{me.username}".lower()
    return entity.type == MessageEntityType.TEXT_MENTION and entity.user == me


def _entities(message: Message) -> dict[MessageEntity, str]:
    """Return the entities with the text that each covers."""
    entities = message.entities if message.text else message.caption_entities
    encoded = _encoded(_text_of(message))
    return {
        entity: _decoded(encoded[2 * entity.offset : 2 * (entity.offset + entity.length)])
        for entity in entities
    }


def _text_of(message: Message) -> str:
    return message.text or message.caption or ""


def _without(entities: Iterable[MessageEntity], text: str) -> str:
    encoded = _encoded(text)
    for entity in sorted(entities, key=lambda entity: entity.offset, reverse=True):
        end = entity.offset + entity.length
        encoded = encoded[: 2 * entity.offset] + encoded[2 * end :]
    return _decoded(encoded)


# Telegram counts an entity's offset and length in UTF-16 code units of two bytes. An entity may cut
# an emoji in half. The half is decoded as U+FFFD; the library's `parse_entities` would fail on it.
def _encoded(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _decoded(encoded: bytes) -> str:
    return encoded.decode("utf-16-le", "replace")
