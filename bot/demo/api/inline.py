"""The Bot API's method for inline mode: it takes the results for what a person has typed."""

from __future__ import annotations

from typing import Any

from bot.demo.world.inline import InlineAnswer
from bot.demo.world.world import World


class InlineMethods:
    """The method `answerInlineQuery`."""

    def __init__(self, world: World) -> None:
        """Keep the world in which people type."""
        self._world = world

    async def answerInlineQuery(
        self,
        inline_query_id: str,
        results: list[dict[str, Any]],
        cache_time: int = 300,
        is_personal: bool = False,
        next_offset: str = "",
        button: dict[str, Any] | None = None,
    ) -> bool:
        """Offer results to the person who typed the query."""
        answer = InlineAnswer(tuple(results), next_offset, button)
        self._world.inline.answer(inline_query_id, answer, cache_time, is_personal)
        self._world.offer(inline_query_id, answer)
        return True
