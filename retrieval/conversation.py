"""A conversation: questions one after the other, of which a follow-up builds on the last."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.answers import Answer
from retrieval.selection import Selection


@dataclass
class Conversation:
    """Asks a selection, and remembers the last question that was searched for.

    `previous` is that question as it was understood, None before the first.
    """

    selection: Selection
    previous: str | None = None

    def ask(self, question: str, limit: int = 3) -> Answer:
        """Return the answer to a question or a follow-up, with at most `limit` hits."""
        answer = self.selection.ask(question, limit, self.previous)
        if answer.hits:
            self.previous = answer.understood
        return answer
