"""A file, a photo or an address that an administrator sends: to which collection it is added.

A person who administers several is asked by buttons, in a reply to what they sent.
"""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.chat.own_messages import acknowledge, show_instead
from bot.chat.people import Person
from bot.chat.question import Question
from bot.desk import Desk
from bot.handlers.addresses import AddressHandlers
from bot.handlers.questions import QuestionHandlers
from bot.handlers.services import Services
from bot.handlers.uploads import UploadHandlers, asks
from bot.replies.callback_data import AddTo
from bot.replies.collections import desks_keyboard, key_of_collection
from bot.replies.uploads import upload_chosen_reply


@dataclass(frozen=True, slots=True)
class AddingHandlers:
    """Hands on what administrators send, with the collection that it goes to."""

    services: Services
    questions: QuestionHandlers
    uploads: UploadHandlers
    addresses: AddressHandlers

    async def add_file(self, message: Message, question: Question | None) -> None:
        """Add a file or a photo to the documents, then answer the question in its caption.

        A caption without a question mark is taken for a description, and names a photo.
        """
        await self._add_or_ask(message)
        if question and asks(message):
            await self.questions.ask(message, question)

    async def add_address(self, message: Message) -> None:
        """Add what lies at the address in the message."""
        await self._add_or_ask(message)

    async def chosen(self, query: CallbackQuery, pressed: AddTo) -> None:
        """Add what the pressed message replies to, to the collection that is chosen."""
        texts = await self.services.languages.texts(Person.of(query.from_user))
        desks = self.services.desks_of(query)
        keys = {key_of_collection(one.name): one for one in desks}
        desk = keys.get(pressed.collection)
        asked = query.message if isinstance(query.message, Message) else None
        sent = asked.reply_to_message if asked else None
        if desk is None or sent is None:
            await acknowledge(query, texts.old_button)
            return
        await acknowledge(query)
        await show_instead(query, upload_chosen_reply(desk.title, texts))
        await self._add(sent, desk)

    async def _add_or_ask(self, message: Message) -> None:
        desks = self.services.desks_of(message)
        if len(desks) > 1:
            texts = await self.services.languages.texts(Person.behind(message))
            keyboard = desks_keyboard([(one.name, one.title) for one in desks])
            await message.reply_text(texts.upload_where, reply_markup=keyboard)
        elif desks:
            await self._add(message, desks[0])

    async def _add(self, message: Message, desk: Desk) -> None:
        largest = message.photo[-1] if message.photo else None
        if file := message.document or largest:
            await self.uploads.add(message, file, desk)
        else:
            await self.addresses.add(message, desk)
