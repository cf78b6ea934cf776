"""The people who write messages and press buttons, and the language that the bot speaks to them."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from telegram import Chat, Message, User

from bot.store import Store, StoreError
from bot.texts import LANGUAGES, Texts, texts_in

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Person:
    """A user, or the chat that an anonymous administrator or a channel writes as.

    `client_language` is the language tag of the person's Telegram client, empty if unknown.
    """

    id: int
    client_language: str = ""

    @classmethod
    def behind(cls, message: Message) -> Person:
        """Return the author of `message`, which is the chat if there is no other sender."""
        sender = message.sender_chat or message.from_user or message.chat
        return cls.of(sender)

    @classmethod
    def of(cls, sender: User | Chat) -> Person:
        """Return the person for a sender that Telegram names."""
        language = sender.language_code if isinstance(sender, User) else None
        return cls(sender.id, language or "")


@dataclass(frozen=True, slots=True)
class Languages:
    """Chooses the language in which the bot speaks to a person.

    It is the question's, else the one chosen by /language, else the Telegram client's. It is
    English if the bot speaks none of these.
    """

    store: Store

    async def texts(self, person: Person, question_language: str = "") -> Texts:
        """Return the texts in the language for a person.

        Args:
            person: The person to speak to.
            question_language: The language of the question to answer, empty if unknown or if there
                is no question.
        """
        if question_language in LANGUAGES:
            return LANGUAGES[question_language]
        try:
            chosen = await asyncio.to_thread(self.store.language_of, person.id)
        except StoreError as error:
            logger.warning("language not looked up: %s", error)
            chosen = None
        return texts_in(chosen, person.client_language)
