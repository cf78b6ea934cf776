"""Inline mode: what a person types after the bot's name, and the results to choose from.

As in Telegram, an answer is kept for its `cache_time` and given again to whoever types the same;
the bot is asked only once for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Any

from telegram import Chat, InlineQuery, User
from telegram.constants import ChatType, InlineQueryLimit

from bot.demo.errors import BadRequest
from bot.demo.rules.inline_results import InlineResult, check_results


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What the bot gave for a query: results, the offset that asks for more, a button above."""

    results: tuple[InlineResult, ...]
    next_offset: str
    button: dict[str, Any] | None


class InlineQueries:
    """The queries typed so far, and what the bot answered to them."""

    def __init__(self) -> None:
        """Start with nothing typed."""
        self._queries: list[InlineQuery] = []
        self._answers: dict[str, InlineAnswer] = {}
        self._cache: dict[tuple[str, str, int], tuple[float, InlineAnswer]] = {}

    def ask(self, person: User, chat: Chat, text: str, offset: str) -> InlineQuery:
        """Return a new query as the bot gets it; Telegram says in what kind of chat it is typed."""
        kind = ChatType.SENDER if chat.id == person.id else chat.type
        number = str(len(self._queries) + 1)
        text = text[: InlineQueryLimit.MAX_QUERY_LENGTH]
        query = InlineQuery(number, person, text, offset, chat_type=kind)
        self._queries.append(query)
        return query

    def cached(self, query: InlineQuery) -> InlineAnswer | None:
        """Return the answer that still holds for a query, if any; the query counts as answered."""
        for user_id in (query.from_user.id, 0):
            until, answer = self._cache.get((query.query, query.offset, user_id), (0.0, None))
            if answer and monotonic() < until:
                self._answers[query.id] = answer
                return answer
        return None

    def answer(self, query_id: str, answer: InlineAnswer, seconds: int, personal: bool) -> None:
        """Keep an answer, for `seconds` also for others who type the same, unless `personal`."""
        if query_id in self._answers or not any(query.id == query_id for query in self._queries):
            raise BadRequest("query is too old and response timeout expired or query ID is invalid")
        check_results(answer.results, answer.next_offset)
        query = self._queries[int(query_id) - 1]
        self._answers[query_id] = answer
        whose = query.from_user.id if personal else 0
        self._cache[query.query, query.offset, whose] = (monotonic() + seconds, answer)

    def chosen(self, query_id: str, result_id: str) -> InlineResult:
        """Return the result that a person chooses."""
        answer = self._answers.get(query_id)
        for result in answer.results if answer else ():
            if result["id"] == result_id:
                return result
        raise BadRequest("RESULT_ID_INVALID")
