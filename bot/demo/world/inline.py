"""Inline mode: the queries that people type after the bot's name, and the bot's answers.

As in Telegram, an answer is cached for its `cache_time`, and the bot is not asked again for the
same query.
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
    """The bot's answer: results, the offset for more of them, a button to show above them."""

    results: tuple[InlineResult, ...]
    next_offset: str
    button: dict[str, Any] | None


class InlineQueries:
    """The queries typed so far, and the bot's answers."""

    def __init__(self) -> None:
        """Start without queries."""
        self._queries: list[InlineQuery] = []
        self._answers: dict[str, InlineAnswer] = {}
        self._cache: dict[tuple[str, str, int], tuple[float, InlineAnswer]] = {}

    def ask(self, person: User, chat: Chat, text: str, offset: str) -> InlineQuery:
        """Return a new query as the bot gets it, with the kind of chat that it was typed in."""
        kind = ChatType.SENDER if chat.id == person.id else chat.type
        number = str(len(self._queries) + 1)
        text = text[: InlineQueryLimit.MAX_QUERY_LENGTH]
        query = InlineQuery(number, person, text, offset, chat_type=kind)
        self._queries.append(query)
        return query

    def cached(self, query: InlineQuery) -> InlineAnswer | None:
        """Return the cached answer to a query, which answers it, or None if there is none."""
        for user_id in (query.from_user.id, 0):
            until, answer = self._cache.get((query.query, query.offset, user_id), (0.0, None))
            if answer and monotonic() < until:
                self._answers[query.id] = answer
                return answer
        return None

    def answer(self, query_id: str, answer: InlineAnswer, seconds: int, personal: bool) -> None:
        """Keep the answer to a query.

        Args:
            query_id: The query.
            answer: What the bot offers.
            seconds: How long the answer is cached.
            personal: Whether the cache serves only the person who typed the query.

        Raises:
            BadRequest: The query is unknown or already answered, or Telegram takes no such answer.
        """
        if query_id in self._answers or not any(query.id == query_id for query in self._queries):
            raise BadRequest("query is too old and response timeout expired or query ID is invalid")
        check_results(answer.results, answer.next_offset)
        query = self._queries[int(query_id) - 1]
        self._answers[query_id] = answer
        whose = query.from_user.id if personal else 0
        self._cache[query.query, query.offset, whose] = (monotonic() + seconds, answer)

    def chosen(self, query_id: str, result_id: str) -> InlineResult:
        """Return a result of an answered query; raise `BadRequest` if its id is unknown."""
        answer = self._answers.get(query_id)
        for result in answer.results if answer else ():
            if result["id"] == result_id:
                return result
        raise BadRequest("RESULT_ID_INVALID")
