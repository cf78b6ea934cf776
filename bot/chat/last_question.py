"""The question that a follow-up builds on: the one replied to, or the last one, soon before it."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from telegram import Message

from bot.chat.own_messages import topic_of
from bot.chat.people import Person
from bot.store import GivenAnswer, Store, StoreError

SOON = timedelta(minutes=15)

logger = logging.getLogger(__name__)


async def answer_before(message: Message, store: Store) -> GivenAnswer | None:
    """Return the answer to the question before a message, None if there is none.

    A reply to an answer of the bot builds on its question, however old that is. Any other message
    builds on the last question of its person in the same chat and topic, if that was asked at most
    `SOON` before.
    """
    try:
        return await asyncio.to_thread(_answer_before, message, store)
    except StoreError as error:  # the question is answered as one that stands alone
        logger.warning("question before not looked up: %s", error)
        return None


def _answer_before(message: Message, store: Store) -> GivenAnswer | None:
    chat, replied = message.chat_id, message.reply_to_message
    if replied and (given := store.answer_of(chat, replied.message_id)):
        return given
    person = Person.behind(message)
    given = store.answer_before(chat, topic_of(message), person.id, message.message_id)
    return given if given and message.date - given.asked_at <= SOON else None
