"""What the bot says of itself, and to what asks nothing: greeting, help, thanks, old buttons."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, Message
from telegram.ext.filters import MessageFilter

from bot.chat.addressing import question_in
from bot.chat.own_messages import acknowledge
from bot.chat.people import Languages, Person
from bot.chat.thanks import language_of_thanks


class Thanks(MessageFilter):
    """Lets messages to the bot pass that only thank it."""

    def filter(self, message: Message) -> bool:
        """Tell whether all that `message` says to the bot is thanks."""
        said = question_in(message, message.get_bot().bot) or ""
        return language_of_thanks(said) is not None


@dataclass(frozen=True, slots=True)
class GeneralHandlers:
    """Replies that need nothing but the right language."""

    languages: Languages

    async def start(self, message: Message) -> None:
        """Greet, and say what the bot does."""
        texts = await self.languages.texts(Person.behind(message))
        await message.reply_text(texts.start)

    async def help(self, message: Message) -> None:
        """Say how the bot is used."""
        texts = await self.languages.texts(Person.behind(message))
        await message.reply_text(texts.usage)

    async def welcome(self, message: Message) -> None:
        """Answer thanks in the language they are said in."""
        said = question_in(message, message.get_bot().bot) or ""
        texts = await self.languages.texts(Person.behind(message), language_of_thanks(said) or "")
        await message.reply_text(texts.welcome)

    async def no_text(self, message: Message) -> None:
        """Say that the bot reads text; not once more for every picture of an album."""
        if message.media_group_id is None:
            texts = await self.languages.texts(Person.behind(message))
            await message.reply_text(texts.only_text)

    async def old_button(self, query: CallbackQuery) -> None:
        """Answer a button that this version does not know, so that it stops spinning."""
        texts = await self.languages.texts(Person.of(query.from_user))
        await acknowledge(query, texts.old_button)
