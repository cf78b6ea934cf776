"""A question is asked: search in a thread, send the answer, remember what it cited."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Protocol

from telegram import Message
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.citations import Citation
from bot.handlers.addressing import question_in
from bot.handlers.people import Languages, Person
from bot.replies import answer_reply
from bot.store import GivenAnswer, Store, StoreError
from bot.texts import Texts
from retrieval.documents import Answer, Document

MAX_QUESTION = 1000

logger = logging.getLogger(__name__)


class Retriever(Protocol):
    """What the bot needs of `retrieval.retriever.Retriever`."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents of the collection."""

    def ask(self, question: str, limit: int = 3) -> Answer:
        """Answer `question`; blocks, and may be called from any thread."""


@dataclass(frozen=True, slots=True)
class QuestionHandlers:
    """Answers the messages that ask the bot something."""

    retriever: Retriever
    store: Store
    languages: Languages

    async def ask(self, message: Message) -> None:
        """Answer a message that is meant for the bot, or say why it cannot be answered."""
        question = question_in(message, message.get_bot().bot)
        if question is None:
            return
        texts = await self.languages.texts(Person.behind(message))
        if objection := _objection(question, texts):
            await message.reply_text(objection)
        else:
            await self._answer(message, question)

    async def _answer(self, message: Message, question: str) -> None:
        answer, _ = await asyncio.gather(
            asyncio.to_thread(self.retriever.ask, question), _show_typing(message)
        )
        texts = await self.languages.texts(Person.behind(message), answer.language)
        sent = await message.reply_text(answer_reply(answer, texts))
        if answer.answered:
            await self._remember(message, sent, answer)

    async def _remember(self, message: Message, sent: Message, answer: Answer) -> None:
        given = GivenAnswer(
            chat_id=sent.chat_id,
            message_id=sent.message_id,
            thread_id=topic_of(message),
            user_id=Person.behind(message).id,
            asked_at=message.date,
            citations=tuple(Citation.of(hit) for hit in answer.hits),
        )
        try:
            await asyncio.to_thread(self.store.save_answer, given)
        except StoreError as error:  # the answer is out; only /sources will not know it
            logger.warning("answer not remembered: %s", error)


def topic_of(message: Message) -> int | None:
    """Return the forum topic that the message stands in, None outside of one."""
    return message.message_thread_id if message.is_topic_message else None


def _objection(question: str, texts: Texts) -> str | None:
    if not question:
        return texts.how_to_ask
    if len(question) > MAX_QUESTION:
        return texts.too_long.format(length=len(question), limit=MAX_QUESTION)
    if not any(character.isalnum() for character in question):
        return texts.no_words
    return None


async def _show_typing(message: Message) -> None:
    try:
        await message.reply_chat_action(ChatAction.TYPING)
    except TelegramError as error:  # a courtesy: the answer comes without it too
        logger.debug("typing not shown: %s", error)
