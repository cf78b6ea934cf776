"""The services that handlers share."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.people import Languages
from bot.search import Search
from bot.store import KeptWatches, Store
from retrieval.collecting.fetcher import Fetcher
from retrieval.collection.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Services:
    """Search, the database, people's languages, documents from the chat, the web, and watches.

    `uploads` are the documents that came from the chat; `admin_ids` are the people who may add and
    remove them.
    """

    search: Search
    store: Store
    languages: Languages
    uploads: Uploads
    admin_ids: frozenset[int]
    fetcher: Fetcher
    watches: KeptWatches
