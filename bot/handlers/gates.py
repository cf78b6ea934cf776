"""The gate that every update passes first: who is served, what is asked, and how much of it.

A message from a bot is not served, nor is a person or chat that is not allowed. Where the bot is a
guest, only the person counts. The question of a message is read here, once, and kept in the
update's context for the handlers. A person who asks more than their share is told once how long to
wait, and then passed over until then.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from time import time

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.chat.own_messages import acknowledge
from bot.chat.people import Person
from bot.chat.question import Question
from bot.handlers.context import Context
from bot.handlers.rate_limit import RateLimit, Wait
from bot.handlers.services import Services
from bot.store import StoreError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gate:
    """Stops the updates that are not served, before any other handler sees them.

    `allowed_ids` are the people and chats that are served; where it is empty, all are.
    `rate_limit` is None where people may ask without limit.
    """

    services: Services
    allowed_ids: frozenset[int]
    rate_limit: RateLimit | None

    async def check(self, update: Update, context: Context) -> None:
        """Let the update pass, its question read, or stop it.

        Raises:
            ApplicationHandlerStop: The update is not to be handled.
        """
        if _is_from_bot(update):
            raise ApplicationHandlerStop
        if not self._is_allowed(update):
            with suppress(TelegramError):  # a refusal that does not arrive is still a refusal
                await self._refuse(update)
            raise ApplicationHandlerStop
        if message := update.message or update.edited_message or update.guest_message:
            context.question = Question.in_message(message)
            await self._check_rate(update.update_id, message, context.question)

    def _is_allowed(self, update: Update) -> bool:
        chat = None if update.guest_message else update.effective_chat  # its id may be another's
        present = (update.effective_user, update.effective_sender, chat)
        ids = {someone.id for someone in present if someone}
        return not self.allowed_ids or not ids.isdisjoint(self.allowed_ids)

    async def _refuse(self, update: Update) -> None:
        """Tell the person why nothing happens, in private alone."""
        if (query := update.callback_query) is not None:
            await acknowledge(query)
        elif update.inline_query is not None:
            await update.inline_query.answer([], is_personal=True)
        elif (message := update.message) and message.chat.type == ChatType.PRIVATE:
            person = Person.behind(message)
            texts = await self.services.languages.texts(person)
            await message.reply_text(texts.not_admitted.format(id=person.id))

    async def _check_rate(
        self, update_id: int, message: Message, question: Question | None
    ) -> None:
        if not self.rate_limit or not question or not await self._asks_anew(message, question):
            return
        person = Person.behind(message)
        if wait := await self._taken(self.rate_limit, person, update_id):
            if wait.first and not message.guest_query_id:
                texts = await self.services.languages.texts(person)
                await message.reply_text(texts.slow_down.format(seconds=wait.seconds))
            raise ApplicationHandlerStop

    async def _taken(self, limit: RateLimit, person: Person, update_id: int) -> Wait | None:
        try:
            return await asyncio.to_thread(limit.take, person.id, update_id, time())
        except StoreError as error:  # nobody waits because of the database
            logger.warning("question not counted: %s", error)
            return None

    async def _asks_anew(self, message: Message, question: Question) -> bool:
        if not question.asks:
            return False
        if message.edit_date is None:
            return True
        # Telegram reports edits that leave the words as they are, too.
        store, where = self.services.store, (message.chat_id, message.message_id)
        given = await asyncio.to_thread(store.answer_to, *where)
        return given is None or given.question != question.text


def _is_from_bot(update: Update) -> bool:
    # Anonymous administrators and channels write through a bot of Telegram's, with a sender_chat.
    message = update.message or update.edited_message or update.guest_message
    sender = message.from_user if message and not message.sender_chat else None
    return sender is not None and sender.is_bot
