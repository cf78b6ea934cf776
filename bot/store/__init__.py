"""What the bot remembers, in a database: `Store` is the way in, the other modules are its parts."""

from __future__ import annotations

from bot.store.answers import GivenAnswer, PoorAnswer
from bot.store.database import StoreError
from bot.store.store import Store

__all__ = ["GivenAnswer", "PoorAnswer", "Store", "StoreError"]
