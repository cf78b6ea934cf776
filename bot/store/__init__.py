"""The bot's database: answers, ratings, chosen languages, memberships and pending updates.

Handlers use `Store` and `Memberships`; the inbox in `bot.delivery` uses `KeptUpdates` and `Claim`.
"""

from __future__ import annotations

from bot.store.answers import GivenAnswer, PoorAnswer
from bot.store.claim import Claim
from bot.store.database import StoreError
from bot.store.feeds import KeptFeeds
from bot.store.memberships import Member, Memberships
from bot.store.store import Store
from bot.store.updates import KeptUpdate, KeptUpdates
from bot.store.watches import KeptWatches, Watch

__all__ = [
    "Claim",
    "GivenAnswer",
    "KeptFeeds",
    "KeptUpdate",
    "KeptUpdates",
    "KeptWatches",
    "Member",
    "Memberships",
    "PoorAnswer",
    "Store",
    "StoreError",
    "Watch",
]
