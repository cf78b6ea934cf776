"""The gates: who is served, and how much one person may ask. All updates pass them first."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.chat.addressing import question_in
from bot.chat.own_messages import acknowledge
from bot.chat.people import Languages, Person
from bot.chat.thanks import language_of_thanks
from bot.handlers.rate_limit import RateLimit
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Admission:
    """Stops updates of those who are not served, before any other handler sees them."""

    allowed_ids: frozenset[int]
    languages: Languages

    async def check(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let the update pass, or end its way here; only in private it is told why."""
        if _is_from_bot(update):
            raise ApplicationHandlerStop
        if not self._is_allowed(update):
            with suppress(TelegramError):  # told or not, they are not served
                await self._refuse(update)
            raise ApplicationHandlerStop

    def _is_allowed(self, update: Update) -> bool:
        present = (update.effective_user, update.effective_sender, update.effective_chat)
        ids = {someone.id for someone in present if someone}
        return not self.allowed_ids or not ids.isdisjoint(self.allowed_ids)

    async def _refuse(self, update: Update) -> None:
        if (query := update.callback_query) is not None:
            await acknowledge(query)
        elif update.inline_query is not None:
            await update.inline_query.answer([], is_personal=True)
        elif (message := update.message) and message.chat.type == ChatType.PRIVATE:
            person = Person.behind(message)
            texts = await self.languages.texts(person)
            await message.reply_text(texts.not_admitted.format(id=person.id))


@dataclass(frozen=True, slots=True)
class Limits:
    """Stops questions beyond a person's allowance, new and reworded ones; all else may pass."""

    allowance: RateLimit
    store: Store
    languages: Languages

    async def check(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let the update pass, or end its way here."""
        message = update.message or update.edited_message
        if message is None or not await self._asks_anew(message):
            return
        person = Person.behind(message)
        if wait := self.allowance.take(person.id, update.update_id, monotonic()):
            if wait.first:
                texts = await self.languages.texts(person)
                await message.reply_text(texts.slow_down.format(seconds=wait.seconds))
            raise ApplicationHandlerStop

    async def _asks_anew(self, message: Message) -> bool:
        question = question_in(message, message.get_bot().bot) or ""
        if not question or language_of_thanks(question) is not None:
            return False
        if message.edit_date is None:
            return True
        # Telegram reports edits that leave the words as they are, too.
        chat, number = message.chat_id, message.message_id
        given = await asyncio.to_thread(self.store.answer_to, chat, number)
        return given is None or given.question != question


def _is_from_bot(update: Update) -> bool:
    # Anonymous administrators and channels write through a bot of Telegram's, with a sender_chat.
    message = update.message or update.edited_message
    sender = message.from_user if message and not message.sender_chat else None
    return sender is not None and sender.is_bot
