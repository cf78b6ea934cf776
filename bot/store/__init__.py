"""What the bot remembers, in a database: `Store` is the way in, the other modules are its parts."""

from __future__ import annotations

from bot.store.answers import GivenAnswer, PoorAnswer
from bot.store.claim import Claim
from bot.store.database import StoreError
from bot.store.store import Store
from bot.store.updates import KeptUpdate, KeptUpdates

__all__ = [
    "Claim",
    "GivenAnswer",
    "KeptUpdate",
    "KeptUpdates",
    "PoorAnswer",
    "Store",
    "StoreError",
]
