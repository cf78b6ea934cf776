"""Whether an answer helped: the buttons under it, kept per person, so that answers can improve."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery

from bot.chat.own_messages import acknowledge
from bot.chat.people import Person
from bot.handlers.services import Services
from bot.replies.callback_data import Rate


@dataclass(frozen=True, slots=True)
class FeedbackHandlers:
    """Keeps what people think of answers; a person who presses the other button changes it."""

    services: Services

    async def rate(self, query: CallbackQuery, pressed: Rate) -> None:
        """Store the rating of the answer that the button stands under, and thank the person."""
        person, message = Person.of(query.from_user), query.message
        texts = await self.services.languages.texts(person)
        if message is None:  # sent by inline mode: it stands in no chat of the bot's
            await acknowledge(query, texts.old_button)
            return
        helpful = pressed.thumb == "up"
        await asyncio.to_thread(
            self.services.store.rate, message.chat.id, message.message_id, person.id, helpful
        )
        await acknowledge(query, texts.helpful if helpful else texts.unhelpful)
