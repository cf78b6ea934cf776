"""Who asks more than their share: told once how long to wait, and then passed over until then."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import monotonic

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.allowance import Allowance
from bot.handlers.addressing import question_in
from bot.handlers.people import Languages, Person
from bot.store import Store
from bot.thanks import language_of_thanks


@dataclass(frozen=True, slots=True)
class Limits:
    """Stops questions beyond a person's allowance, new and reworded ones; all else may pass."""

    allowance: Allowance
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
