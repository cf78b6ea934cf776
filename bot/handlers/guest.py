"""A mention in a chat that the bot is not a member of (guest mode, Bot API 10.0).

It is answered with one cited excerpt, from the collections that the person who asks reads in
private. The chat counts for nothing: its id may be that of another chat that the bot knows.
"""

from __future__ import annotations

from dataclasses import dataclass

from telegram import InlineQueryResultArticle, InputTextMessageContent, Message

from bot.access.places import Reader
from bot.chat.people import Person
from bot.chat.question import Question
from bot.handlers.services import Services
from bot.replies.inline import inline_result
from bot.search import GUEST
from bot.texts import Texts
from retrieval.answers import Answer


@dataclass(frozen=True, slots=True)
class GuestHandlers:
    """Answers where the bot is a guest; says nothing to people who may read nothing."""

    services: Services

    async def ask(self, message: Message, question: Question) -> None:
        """Answer a message that mentions the bot, in one message."""
        number, person = message.guest_query_id, message.from_user
        if not number or person is None or message.sender_chat or not question.asks:
            return
        search = await self.services.search_for(Reader(person.id))
        if search.is_nothing:
            return
        answer = await search.ask(question.text, 1, GUEST)
        texts = await self.services.languages.texts(Person.of(person), answer.language)
        bot = message.get_bot()
        await bot.answer_guest_query(number, _result(answer, texts, bot.username))


def _result(answer: Answer, texts: Texts, username: str) -> InlineQueryResultArticle:
    """Return the best excerpt, or a line that says that there is none."""
    if answer.answered:
        is_dated = answer.scope.period is not None
        return inline_result(answer.hits[0], texts, username, is_dated, answer.is_from_several)
    said = InputTextMessageContent(texts.not_found)
    return InlineQueryResultArticle("none", texts.inline_not_found, said)
