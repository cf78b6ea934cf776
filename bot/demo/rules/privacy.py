"""Privacy mode: which messages of a group Telegram sends to a bot."""

from __future__ import annotations

from collections.abc import Iterable

from telegram import Message, User
from telegram.constants import ChatType
from telegram.constants import MessageEntityType as Kind


def hears(bot: User, message: Message) -> bool:
    """Say whether the bot gets a message.

    In a private chat it gets all of them. In a group it gets replies to its messages, mentions of
    it, commands that name no other bot, and its own inline results.
    """
    if message.chat.type == ChatType.PRIVATE or message.via_bot == bot:
        return True
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.id == bot.id:
        return True
    return any(_addresses(bot, text) for text in _marked(message))


def _marked(message: Message) -> Iterable[str]:
    kinds: list[str | None] = [Kind.MENTION, Kind.BOT_COMMAND]
    if message.text:
        return message.parse_entities(kinds).values()
    return message.parse_caption_entities(kinds).values() if message.caption else ()


def _addresses(bot: User, text: str) -> bool:
    """Say whether "@name", "/command" or "/command@name" addresses the bot."""
    _, at, name = text.partition("@")
    return not at or name.lower() == (bot.username or "").lower()
