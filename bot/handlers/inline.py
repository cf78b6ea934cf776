"""`@bot question` in any chat: excerpts to send there, offered while the question is typed.

Telegram sends a query at every pause of the typing, and only the last one matters. So each query
waits a moment, and is dropped if the same person has typed on: a burst of queries costs one search.
Telegram keeps the results for a minute, for everyone who types the same. Where the documents are
divided, they are for the person who typed alone, and Telegram keeps them not at all.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from telegram import InlineQuery, InlineQueryResultArticle
from telegram.error import BadRequest

from bot.access.places import Reader
from bot.chat.people import Person
from bot.handlers.services import Services
from bot.replies.inline import RESULTS, InlinePage, inline_button, inline_result
from bot.search import INLINE
from bot.texts import LANGUAGES

QUIET = 0.4  # seconds without a keystroke
FEWEST_LETTERS = 3  # of a question
CACHE = 60  # seconds: a document that is forgotten is soon forgotten there too
PLACES = 16  # people answered at once

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InlineHandlers:
    """Offers excerpts.

    `personal` is true where not everyone may see them: then Telegram shares no results between
    people.
    """

    services: Services
    personal: bool
    _latest: dict[int, str] = field(default_factory=dict)  # each person's query that counts
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(PLACES))

    async def offer(self, query: InlineQuery) -> None:
        """Answer a query, unless its person types on."""
        person = query.from_user.id
        self._latest[person] = query.id
        try:
            await asyncio.sleep(QUIET)
            async with self._places:
                if self._latest.get(person) == query.id:
                    await self._answer(query)
        finally:
            if self._latest.get(person) == query.id:
                del self._latest[person]

    async def _answer(self, query: InlineQuery) -> None:
        if sum(character.isalpha() for character in query.query) < FEWEST_LETTERS:
            texts = await self.services.languages.texts(Person.of(query.from_user))
            await _send(query, [], personal=True, button=texts.inline_how_to_ask)
        else:
            await self._search(query)

    async def _search(self, query: InlineQuery) -> None:
        search = await self.services.search_for(Reader(query.from_user.id))
        answer = await search.ask(query.query, RESULTS, INLINE)
        texts = await self.services.languages.texts(Person.of(query.from_user), answer.language)
        page = InlinePage.of(answer, query.offset)
        username, is_dated = query.get_bot().username, answer.scope.period is not None
        await _send(
            query,
            [
                inline_result(hit, texts, username, is_dated, answer.is_from_several)
                for hit in page.hits
            ],
            # In a language that the bot does not speak, the texts depend on the person.
            personal=self.personal or answer.language not in LANGUAGES,
            cache=0 if search.is_divided else CACHE,
            button=None if answer.answered else texts.inline_not_found,
            next_offset=page.next_offset,
        )


async def _send(
    query: InlineQuery,
    results: Sequence[InlineQueryResultArticle],
    personal: bool,
    button: str | None,
    next_offset: str | None = None,
    cache: int = CACHE,
) -> None:
    try:
        await query.answer(
            results,
            cache_time=cache,
            is_personal=personal or not cache,
            next_offset=next_offset,
            button=inline_button(button) if button else None,
        )
    except BadRequest as error:  # older than ten seconds: the person has gone on
        if "query is too old" not in str(error).lower():
            raise
        logger.debug("inline query not answered: %s", error)
