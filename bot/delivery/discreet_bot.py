"""python-telegram-bot's bot, whose `repr` shows its number in place of its token.

Its application and its updater show it in theirs, and whatever holds one of the three in its own.
"""

from __future__ import annotations

from telegram.ext import ExtBot


class DiscreetBot(ExtBot[int]):
    """A bot that keeps its token to itself."""

    def __repr__(self) -> str:
        """Return what tells this bot from others: the part of the token that is no secret."""
        return f"{type(self).__name__}[{self.token.partition(':')[0]}]"
