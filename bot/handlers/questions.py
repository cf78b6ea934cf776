"""A question is asked, or edited: search in a thread, send the answer, remember what it cited."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Protocol

from telegram import InlineKeyboardMarkup, Message
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.chat.addressing import question_in
from bot.chat.own_messages import edit, topic_of
from bot.chat.people import Languages, Person
from bot.citations import Citation
from bot.replies.answer_pages import AnswerPage
from bot.replies.buttons import answer_keyboard, nearest_keyboard
from bot.replies.quotations import Collection
from bot.replies.replies import answer_reply
from bot.store import GivenAnswer, Store, StoreError
from bot.texts import Texts
from retrieval.answers import Answer
from retrieval.reading.parse_cache import ParsedFile

MAX_QUESTION = 1000
HITS = 10  # kept of an answer, to be shown page by page
TYPING_AFTER = 0.3  # seconds: an answer that comes sooner needs no call to announce it
TYPING_LASTS = 4.5  # seconds: after 5 Telegram shows it no more

logger = logging.getLogger(__name__)


class Retriever(Collection, Protocol):
    """What the bot needs of `retrieval.retriever.Retriever`."""

    @property
    def passage_count(self) -> int:
        """How many passages there are to answer from."""

    def ask(self, question: str, limit: int = 3) -> Answer:
        """Answer `question`; blocks, and may be called from any thread."""

    def reopen(self, *parsed: ParsedFile) -> None:
        """Take up changed documents; blocks, may be called as well, raises CollectionError."""


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

    async def revise(self, message: Message) -> None:
        """Answer an edited message again, in place of the answer that it had.

        Telegram reports edits that leave the words as they are, too: a preview was added, say.
        """
        question = question_in(message, message.get_bot().bot)
        if question is None:
            return
        given = await asyncio.to_thread(self.store.answer_to, message.chat_id, message.message_id)
        if given is None:
            await self.ask(message)
        elif question != given.question:
            texts = await self.languages.texts(Person.behind(message))
            if objection := _objection(question, texts):
                await message.reply_text(objection)
            else:
                await self._answer(message, question, given.message_id)

    async def _answer(self, message: Message, question: str, earlier: int | None = None) -> None:
        search = asyncio.to_thread(self.retriever.ask, question, HITS)
        answer = await _typing_until(search, message)
        texts = await self.languages.texts(Person.behind(message), answer.language)
        shown, keyboard = answer_reply(answer, texts), _keyboard(answer, texts)
        bot, chat = message.get_bot(), message.chat_id
        if earlier is None or not await edit(bot, chat, earlier, shown, keyboard):
            earlier = (await message.reply_text(shown, reply_markup=keyboard)).message_id
        await self._remember(message, question, earlier, answer)

    async def _remember(self, message: Message, question: str, sent: int, answer: Answer) -> None:
        given = GivenAnswer(
            chat_id=message.chat_id,
            message_id=sent,
            thread_id=topic_of(message),
            user_id=Person.behind(message).id,
            question_id=message.message_id,
            question=question,
            language=answer.language,
            restored=answer.restored,
            answered=answer.answered,
            asked_at=message.edit_date or message.date,
            citations=tuple(Citation.of(hit) for hit in answer.hits),
        )
        try:
            await asyncio.to_thread(self.store.save_answer, given)
        except StoreError as error:  # the answer is out; only its buttons will not know it
            logger.warning("answer not remembered: %s", error)


def _keyboard(answer: Answer, texts: Texts) -> InlineKeyboardMarkup | None:
    if answer.answered:
        return answer_keyboard(AnswerPage.first(answer), texts)
    return nearest_keyboard(texts) if answer.hits else None


def _objection(question: str, texts: Texts) -> str | None:
    if not question:
        return texts.how_to_ask
    if len(question) > MAX_QUESTION:
        return texts.too_long.format(length=len(question), limit=MAX_QUESTION)
    if not any(character.isalnum() for character in question):
        return texts.no_words
    return None


async def _typing_until(search: Awaitable[Answer], message: Message) -> Answer:
    # Beside the search, for a call that hangs must not hold up the answer.
    typing = asyncio.create_task(_show_typing(message))
    try:
        return await search
    finally:
        typing.cancel()


async def _show_typing(message: Message) -> None:
    """Show "typing …" until cancelled; the first failure ends it: the answer comes without."""
    await asyncio.sleep(TYPING_AFTER)
    try:
        while True:
            await message.reply_chat_action(ChatAction.TYPING)
            await asyncio.sleep(TYPING_LASTS)
    except TelegramError as error:
        logger.debug("typing not shown: %s", error)
