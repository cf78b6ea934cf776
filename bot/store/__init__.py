"""The bot's database: answers, ratings, chosen languages, memberships and pending updates.

Handlers use `Store` and `Memberships`; the inbox in `bot.delivery` uses `KeptUpdates` and `Claim`.
"""

from __future__ import annotations

from bot.store.answers import GivenAnswer, PoorAnswer
from bot.store.claim import Claim
from bot.store.database import StoreError
from bot.store.memberships import Member, Memberships
from bot.store.store import Store
from bot.store.updates import KeptUpdate, KeptUpdates

__all__ = [
    "Claim",
    "GivenAnswer",
    "KeptUpdate",
    "KeptUpdates",
    "Member",
    "Memberships",
    "PoorAnswer",
    "Store",
    "StoreError",
]
