"""What is kept of feeds: the version that was read last, and the articles that were taken."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, select

from bot.store.database import insert_into, transaction
from bot.store.rows import ArticleRow, FeedRow
from retrieval.collecting.fetched import Validators


@dataclass(frozen=True, slots=True)
class KeptFeeds:
    """What is kept of feeds. Every method blocks, and raises StoreError if the database fails."""

    engine: Engine

    def version(self, feed: str) -> Validators:
        """Return what came with the feed at this address when it was read last."""
        wanted = select(FeedRow.etag, FeedRow.modified).where(FeedRow.address == feed)
        with transaction(self.engine) as connection:
            row = connection.execute(wanted).first()
            return Validators(*row) if row else Validators()

    def keep_version(self, feed: str, version: Validators) -> None:
        """Keep what came with a feed, all of whose articles were taken."""
        values = {"etag": version.etag, "modified": version.modified}
        with transaction(self.engine) as connection:
            insert = insert_into(FeedRow, self.engine).values(address=feed, **values)
            connection.execute(
                insert.on_conflict_do_update(index_elements=["address"], set_=values)
            )

    def is_taken(self, keys: Set[str]) -> bool:
        """Tell whether an article with one of these keys was taken."""
        wanted = select(ArticleRow.key).where(ArticleRow.key.in_(keys)).limit(1)
        with transaction(self.engine) as connection:
            return connection.execute(wanted).first() is not None

    def take(self, keys: Set[str]) -> None:
        """Keep an article's keys."""
        rows = [{"key": key, "taken_at": datetime.now(UTC)} for key in sorted(keys)]
        with transaction(self.engine) as connection:
            insert = insert_into(ArticleRow, self.engine).values(rows)
            connection.execute(insert.on_conflict_do_nothing())
