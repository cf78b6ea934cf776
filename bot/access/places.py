"""Where a collection is read: a group or a topic of it, or a private chat with a person."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import CallbackQuery, Chat, Message
from telegram.constants import ChatType

from bot.chat.own_messages import topic_of

_WRITTEN = re.compile(r"(-\d{1,20})(?:/(\d{1,10}))?")


@dataclass(frozen=True, slots=True)
class ChatPlace:
    """A group, or one topic of it; `topic` is None for all of the group."""

    chat: int
    topic: int | None = None

    @classmethod
    def written(cls, text: str) -> ChatPlace | None:
        """Return the place that "-100123" or "-100123/7" stands for, None for anything else.

        >>> ChatPlace.written("-100123/7")
        ChatPlace(chat=-100123, topic=7)
        >>> ChatPlace.written("@newsroom") is None
        True
        """
        found = _WRITTEN.fullmatch(text)
        return cls(int(found[1]), int(found[2]) if found[2] else None) if found else None


@dataclass(frozen=True, slots=True)
class Reader:
    """A person who reads what the bot shows, and where.

    `place` is None in a private chat with the bot, and for what only this person gets, such as
    inline results.
    """

    person: int
    place: ChatPlace | None = None

    @classmethod
    def of_message(cls, message: Message) -> Reader:
        """Return the author of a message, where it stands."""
        sender = message.sender_chat or message.from_user or message.chat
        return cls.in_chat(sender.id, message.chat, topic_of(message))

    @classmethod
    def of_button(cls, query: CallbackQuery) -> Reader:
        """Return the person who pressed a button, where its message stands.

        The topic of a message that Telegram no longer gives is unknown: then the person reads what
        the whole group may read. A message of inline mode stands in a chat that is unknown: nobody
        may read anything there.
        """
        message = query.message
        if message is None:
            return cls(query.from_user.id, ChatPlace(0))
        topic = topic_of(message) if isinstance(message, Message) else None
        return cls.in_chat(query.from_user.id, message.chat, topic)

    @classmethod
    def in_chat(cls, person: int, chat: Chat, topic: int | None) -> Reader:
        """Return a person in a chat."""
        private = chat.type == ChatType.PRIVATE
        return cls(person, None if private else ChatPlace(chat.id, topic))
