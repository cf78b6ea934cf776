"""The bot's database: answers, ratings, chosen languages, memberships and pending updates.

Handlers use `Store` and `Memberships`; `bot.delivery` uses `KeptUpdates`, `KeptReplicas` and
`Claim`.
"""

from __future__ import annotations

from bot.store.accounts import Account, KeptAccounts
from bot.store.answers import GivenAnswer, PoorAnswer
from bot.store.claim import Claim, Word
from bot.store.database import CutOffError, StoreError
from bot.store.feeds import KeptFeeds
from bot.store.memberships import Member, Memberships
from bot.store.replicas import ALONE, LEASE, KeptReplicas, Standing
from bot.store.store import Store
from bot.store.updates import KeptUpdate, KeptUpdates
from bot.store.watches import KeptWatches, Watch

__all__ = [
    "ALONE",
    "LEASE",
    "Account",
    "Claim",
    "CutOffError",
    "GivenAnswer",
    "KeptAccounts",
    "KeptFeeds",
    "KeptReplicas",
    "KeptUpdate",
    "KeptUpdates",
    "KeptWatches",
    "Member",
    "Memberships",
    "PoorAnswer",
    "Standing",
    "Store",
    "StoreError",
    "Watch",
    "Word",
]
