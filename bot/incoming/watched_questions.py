"""Puts watched questions to documents that are new, and tells the chats what answers.

What is new is told by what was known before, which is kept in the database: a document that came
while the bot was off is news at its next start.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from telegram import Bot, Message
from telegram.error import ChatMigrated, Forbidden, TelegramError

from bot.access.places import ChatPlace, Reader
from bot.citations import Citation
from bot.replies.answers import AnswerPage, answer_keyboard
from bot.replies.watches import news_reply
from bot.searches import Searches
from bot.store import GivenAnswer, KeptWatches, Store, StoreError, Watch
from bot.texts import texts_in
from bot.threads import in_thread
from retrieval.answers import Answer

HITS = 10  # kept of an answer, to be shown page by page
_CHAT_GONE = re.compile("chat not found|not enough rights|write_forbidden", re.IGNORECASE)
_TOPIC_GONE = re.compile("thread not found|topic", re.IGNORECASE)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WatchedQuestions:
    """Tells chats what is new; only those that are `allowed`, all where it is empty."""

    bot: Bot
    searches: Searches
    store: Store
    watches: KeptWatches
    allowed_ids: frozenset[int] = frozenset()

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            self.searches.reopening.reopened.clear()
            try:
                await self.tell()
            except StoreError as error:
                logger.warning("watched questions not asked: %s", error)
            await self.searches.reopening.reopened.wait()

    async def tell(self) -> None:
        """Put every watched question to the documents that are new; raises StoreError."""
        there = await self.searches.reopening.digits()
        known = await in_thread(self.watches.known)
        new = frozenset() if known is None else there - known
        if new:
            for watch in await in_thread(self.watches.all):
                if self._is_allowed(watch):
                    await self._ask(watch, new)
        if there != known:
            await in_thread(self.watches.keep_known, there)

    def _is_allowed(self, watch: Watch) -> bool:
        present = {watch.chat_id, watch.user_id}
        return not self.allowed_ids or not present.isdisjoint(self.allowed_ids)

    async def _ask(self, watch: Watch, new: Set[str]) -> None:
        search = await self.searches.search_for(_reader(watch))
        answer = await search.ask_among(watch.question, new, HITS)
        if not answer.answered:
            return
        if await in_thread(self.watches.has_heard, watch, answer.hits[0].document.name):
            return
        if message := await self._sent(watch, answer):
            shown = AnswerPage.first(answer).quotations
            heard = {one.citation.document for one in shown}
            await in_thread(self.watches.hear, watch, heard)
            await in_thread(self.store.save_answer, _given(watch, answer, message))

    async def _sent(self, watch: Watch, answer: Answer) -> Message | None:
        """Send what answers; None where the chat no longer hears the bot."""
        texts = texts_in(watch.language)
        try:
            return await self.bot.send_message(
                watch.chat_id,
                news_reply(watch, answer, texts),
                message_thread_id=watch.thread_id,
                reply_markup=answer_keyboard(AnswerPage.first(answer), texts),
            )
        except ChatMigrated as error:
            await in_thread(self.watches.move_chat, watch.chat_id, error.new_chat_id)
            moved = replace(watch, chat_id=error.new_chat_id, thread_id=None)
            return await self._sent(moved, answer)
        except TelegramError as error:
            logger.warning("a chat did not hear what is new: %s", error)
            await self._remove_unheard(watch, error)
        return None

    async def _remove_unheard(self, watch: Watch, error: TelegramError) -> None:
        """Remove what would never be heard: the bot is blocked or removed, or the chat gone."""
        if isinstance(error, Forbidden) or _CHAT_GONE.search(error.message):
            await in_thread(self.watches.remove_chat, watch.chat_id)
        elif _TOPIC_GONE.search(error.message):
            await in_thread(self.watches.remove, watch.chat_id, watch.number)


def _reader(watch: Watch) -> Reader:
    """Return who hears what is new: what they may not read is no news to them."""
    is_private = watch.chat_id == watch.user_id
    place = None if is_private else ChatPlace(watch.chat_id, watch.thread_id)
    return Reader(watch.user_id, place)


def _given(watch: Watch, answer: Answer, message: Message) -> GivenAnswer:
    """Return the answer as its buttons need it."""
    return GivenAnswer(
        chat_id=message.chat_id,
        message_id=message.message_id,
        thread_id=watch.thread_id,
        user_id=watch.user_id,
        question_id=watch.message_id,
        question=watch.question,
        language=watch.language,
        restored=answer.restored,
        answered=answer.answered,
        asked_at=datetime.now(UTC),
        citations=tuple(Citation.of(hit) for hit in answer.hits),
    )
