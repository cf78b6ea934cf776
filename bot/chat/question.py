"""The question in a message to the bot, read once and then shared."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message

from bot.chat.addressing import question_in
from retrieval.asking.courtesies import Courteous, courtesy_in


@dataclass(frozen=True, slots=True)
class Question:
    """The question in one message to the bot.

    `text` is the message's words on one line, empty if it asks nothing. `courtesy` is what they say
    instead of asking, such as a greeting or thanks; None if they ask.
    """

    text: str
    courtesy: Courteous | None = None

    @classmethod
    def in_message(cls, message: Message) -> Question | None:
        """Return the question in `message`, None if the message is not meant for the bot."""
        text = question_in(message, message.get_bot().bot)
        return None if text is None else cls(text, courtesy_in(text))

    @property
    def asks(self) -> bool:
        """Whether there is something to answer."""
        return bool(self.text) and self.courtesy is None
