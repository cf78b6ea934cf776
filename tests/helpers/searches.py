"""Searches of documents that are not divided, made without a bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access.access import Access
from bot.monitoring.metrics import Metrics
from bot.reopening import Reopening
from bot.search import Places
from bot.searches import Searches
from bot.store import Memberships, Store

if TYPE_CHECKING:
    from retrieval.library import Library


def whole_searches(library: Library, store: Store, metrics: Metrics | None = None) -> Searches:
    """Return searches of all documents, for everybody."""
    access = Access(None, Memberships(store.engine), frozenset())
    return Searches(library, access, Places(metrics or Metrics.new()), Reopening(library))
