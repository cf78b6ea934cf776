"""A question is asked, or edited: it is searched, answered, and what it cited is remembered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass

from telegram import Message
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.chat.last_question import answer_before
from bot.chat.own_messages import edit, topic_of
from bot.chat.people import Person
from bot.chat.question import Question
from bot.citations import Citation
from bot.handlers.services import Services
from bot.replies.courtesies import courtesy_reply
from bot.replies.questions import (
    answer_reply,
    may_be_searched,
    objection_reply,
    question_keyboard,
)
from bot.store import GivenAnswer, StoreError
from retrieval.answers import Answer
from retrieval.asking.courtesies import Courteous

HITS = 10  # kept of an answer, to be shown page by page
# Seconds: an answer that comes sooner needs no call to announce it. Where many people ask at once,
# such calls would take as much of the processor as the answers.
TYPING_AFTER = 1.5
TYPING_LASTS = 4.5  # seconds: after 5 Telegram shows it no more

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class QuestionHandlers:
    """Answers the messages that ask the bot something."""

    services: Services

    async def ask(self, message: Message, question: Question) -> None:
        """Answer a message to the bot, or say why it cannot be answered."""
        if await self._objected(message, question):
            return
        if question.courtesy:
            await self._return(message, question.courtesy)
        else:
            await self._answer(message, question)

    async def revise(self, message: Message, question: Question) -> None:
        """Answer an edited message again, in place of the answer that it had.

        Telegram reports edits that leave the words as they are, too: a preview was added, say.
        """
        if question.courtesy:
            return
        store, where = self.services.store, (message.chat_id, message.message_id)
        given = await asyncio.to_thread(store.answer_to, *where)
        if given is None:
            await self.ask(message, question)
        elif question.text != given.question and not await self._objected(message, question):
            await self._answer(message, question, given.message_id)

    async def _return(self, message: Message, said: Courteous) -> None:
        """Return a courtesy in the language it is said in."""
        texts = await self.services.languages.texts(Person.behind(message), said.language)
        search = await self.services.search_for(message)
        examples = await search.examples(texts.language)
        await message.reply_text(courtesy_reply(said.courtesy, examples, texts))

    async def _objected(self, message: Message, question: Question) -> bool:
        if may_be_searched(question.text):
            return False
        texts = await self.services.languages.texts(Person.behind(message))
        await message.reply_text(objection_reply(question.text, texts))
        return True

    async def _answer(
        self, message: Message, question: Question, earlier: int | None = None
    ) -> None:
        """Answer in a new message, or in the one with the number `earlier` if it is still there."""
        search = await self.services.search_for(message)
        if search.is_nothing:
            texts = await self.services.languages.texts(Person.behind(message))
            await message.reply_text(texts.nothing_readable)
            return
        given = await answer_before(message, self.services.store)
        previous = search.question_of(given) if given else None
        searching = search.ask(question.text, HITS, previous=previous)
        answer = await _typing_until(searching, message)
        if answer.courtesy:
            await self._return(message, Courteous(answer.courtesy, answer.language))
            return
        texts = await self.services.languages.texts(Person.behind(message), answer.language)
        if answer.incomplete:
            await message.reply_text(texts.about_what)
            return
        shown, keyboard = answer_reply(answer, texts), question_keyboard(answer, texts)
        bot, chat = message.get_bot(), message.chat_id
        if earlier is None or not await edit(bot, chat, earlier, shown, keyboard):
            earlier = (await message.reply_text(shown, reply_markup=keyboard)).message_id
        await self._remember(message, question, earlier, answer)

    async def _remember(
        self, message: Message, question: Question, sent: int, answer: Answer
    ) -> None:
        given = GivenAnswer(
            chat_id=message.chat_id,
            message_id=sent,
            thread_id=topic_of(message),
            user_id=Person.behind(message).id,
            question_id=message.message_id,
            question=question.text,
            language=answer.language,
            restored=answer.restored,
            answered=answer.answered,
            asked_at=message.edit_date or message.date,
            citations=tuple(Citation.of(hit) for hit in answer.hits),
            missing=answer.missing,
        )
        try:
            await asyncio.to_thread(self.services.store.save_answer, given)
        except StoreError as error:  # the answer is out; only its buttons will not know it
            logger.warning("answer not remembered: %s", error)


async def _typing_until(search: Awaitable[Answer], message: Message) -> Answer:
    # This runs beside the search, because a call that hangs must not delay the answer.
    typing = asyncio.create_task(_show_typing(message))
    try:
        return await search
    finally:
        typing.cancel()


async def _show_typing(message: Message) -> None:
    """Show "typing …" until cancelled; the first failure ends it, and the answer comes without."""
    await asyncio.sleep(TYPING_AFTER)
    try:
        while True:
            await message.reply_chat_action(ChatAction.TYPING)
            await asyncio.sleep(TYPING_LASTS)
    except TelegramError as error:
        logger.debug("typing not shown: %s", error)
