"""What the handlers work with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.people import Languages
from bot.search import Search
from bot.store import Store
from retrieval.collection.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Services:
    """The documents, what the bot remembers, and how it speaks to whom.

    `uploads` are the documents that came from the chat; `admin_ids` are the people who may add and
    remove them.
    """

    search: Search
    store: Store
    languages: Languages
    uploads: Uploads
    admin_ids: frozenset[int]
