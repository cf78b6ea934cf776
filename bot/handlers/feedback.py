"""Whether an answer helped: the buttons under it, kept per person, so that answers can improve."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery

from bot.chat.own_messages import acknowledge
from bot.chat.people import Languages, Person
from bot.store import Store


@dataclass(frozen=True, slots=True)
class FeedbackHandlers:
    """Keeps what people think of answers; whoever presses the other button changes their mind."""

    store: Store
    languages: Languages

    async def rate(self, query: CallbackQuery) -> None:
        """Keep what the button says of the answer it stands under, and thank for it."""
        person, message = Person.of(query.from_user), query.message
        texts = await self.languages.texts(person)
        if message is None:  # sent by inline mode: it stands in no chat of the bot's
            await acknowledge(query, texts.old_button)
            return
        helpful = query.data == "rate:up"
        await asyncio.to_thread(
            self.store.rate, message.chat.id, message.message_id, person.id, helpful
        )
        await acknowledge(query, texts.helpful if helpful else texts.unhelpful)
