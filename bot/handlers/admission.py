"""Who is served: nobody is when the message comes from a bot, else those who are allowed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from telegram import Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.handlers.own_messages import acknowledge
from bot.handlers.people import Languages, Person


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


def _is_from_bot(update: Update) -> bool:
    # Anonymous administrators and channels write through a bot of Telegram's, with a sender_chat.
    message = update.message or update.edited_message
    sender = message.from_user if message and not message.sender_chat else None
    return sender is not None and sender.is_bot
