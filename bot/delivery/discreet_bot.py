"""python-telegram-bot's bot with a `repr` that shows the bot's id instead of its token.

The library's application and updater include the bot's `repr` in their own, and so does every
object that holds one of the three.
"""

from __future__ import annotations

from telegram.ext import ExtBot


class DiscreetBot(ExtBot[int]):
    """A bot whose `repr` does not show its token."""

    def __repr__(self) -> str:
        """Return the class and the bot's id, which is the part of the token that is no secret."""
        return f"{type(self).__name__}[{self.token.partition(':')[0]}]"
