"""What a message asks the bot, read once for all that needs to know it."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message

from bot.chat.addressing import question_in
from bot.chat.thanks import language_of_thanks


@dataclass(frozen=True, slots=True)
class Question:
    """The words of a message to the bot, on one line; empty where it asks nothing.

    `thanks_in` is the language in which the words only thank or agree, "" where that is no
    particular language; None where they ask.
    """

    text: str
    thanks_in: str | None = None

    @classmethod
    def in_message(cls, message: Message) -> Question | None:
        """Return what `message` asks, None where it is not meant for the bot."""
        text = question_in(message, message.get_bot().bot)
        return None if text is None else cls(text, language_of_thanks(text))

    @property
    def asks(self) -> bool:
        """Whether there is something to answer."""
        return bool(self.text) and self.thanks_in is None
