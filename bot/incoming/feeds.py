"""Reads feeds, and takes their new articles into the documents.

An article is taken once. One that cannot be read is not tried again; one whose site does not answer
is tried in the next round, and ends the feed's part of this one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.desk import Desk
from bot.incoming.article_keys import address_key, entry_keys
from bot.store import KeptFeeds
from bot.threads import in_thread
from retrieval.collecting.feed import Entry, entries_of
from retrieval.collecting.fetch_errors import FetchError
from retrieval.collecting.fetched import Fetched, site_of
from retrieval.collecting.polite import PoliteFetcher
from retrieval.collection.uploads import Uploads, upload_name
from retrieval.errors import UserError
from retrieval.reading.parse_cache import ParsedFile
from retrieval.reading.web_origin import WebOrigin
from retrieval.refusals import Cause, UnreadableError
from retrieval.settings import FROM_FEEDS

EVERY = 900.0  # seconds between two rounds
MOST = 100  # articles of one feed in one round

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Feeds:
    """Reads the feeds at `addresses` again and again.

    `desk` gives the collection that their articles go to, None where none has their folder.
    """

    addresses: tuple[str, ...]
    fetcher: PoliteFetcher
    uploads: Uploads
    desk: Callable[[], Desk | None]
    kept: KeptFeeds
    _complaints: dict[str, str] = field(default_factory=dict)  # the last of each feed

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            for address in self.addresses:
                await self.read(address)
            await asyncio.sleep(EVERY)

    async def read(self, address: str) -> None:
        """Take the new articles of one feed; what goes wrong is logged once while it lasts."""
        taken: list[ParsedFile] = []
        complaint = ""
        try:
            await self._take_new(address, taken)
        except (UserError, OSError) as error:
            complaint = str(error)
        if complaint and complaint != self._complaints.get(address):
            logger.warning("feed %s: %s", _shown(address), complaint)
        self._complaints[address] = complaint
        if taken:
            await self._index(taken)

    async def _take_new(self, address: str, taken: list[ParsedFile]) -> None:
        """Add the new articles to `taken` one by one; raises what ends the feed's round."""
        fetched = await self.fetcher.fetch(address, await in_thread(self.kept.version, address))
        if fetched is None:
            return
        entries = await in_thread(entries_of, fetched.data, fetched.head.url)
        for entry in entries[:MOST]:
            if article := await self._article(entry, address):
                taken.append(article)
        # Kept last: where the round has ended early, the feed has to come once more.
        await in_thread(self.kept.keep_version, address, fetched.validators)

    async def _article(self, entry: Entry, feed: str) -> ParsedFile | None:
        """Take an article; None if it was taken before, or cannot be read.

        Raises:
            FetchError: The site may answer later.
            OSError: The file cannot be written.
            StoreError: The database fails.
        """
        keys = entry_keys(entry, feed)
        if await in_thread(self.kept.is_taken, keys):
            return None
        article: ParsedFile | None = None
        try:
            fetched = await self.fetcher.fetch_document(entry.url)
            keys |= {address_key(fetched.head.url)}
            article = await self._saved(entry, fetched)
        except UnreadableError as error:
            logger.warning("article %s left out: %s", _shown(entry.url), error)
        except FetchError as error:
            if error.is_passing:
                raise
            logger.warning("article %s left out: %s", _shown(entry.url), error)
        await in_thread(self.kept.take, keys)
        return article

    async def _saved(self, entry: Entry, fetched: Fetched) -> ParsedFile | None:
        """Read an article and save it; None where it is there under another address."""
        url = fetched.head.url
        name = upload_name(fetched.file_name, FROM_FEEDS)
        read = await in_thread(self.uploads.read, name, fetched.data)
        canonical = read.document.url  # as the page declares
        if site_of(canonical) == site_of(url) and address_key(canonical) != address_key(url):
            if await in_thread(self.kept.is_taken, frozenset({address_key(canonical)})):
                return None
            await in_thread(self.kept.take, frozenset({address_key(canonical)}))
        desk = self.desk()
        if same := await desk.search.with_hash(read.document.hash) if desk else None:
            raise UnreadableError(Cause.SAME_TEXT, name=same.name)
        origin = WebOrigin(url, entry.title, entry.date, site_of(url))
        await in_thread(self.uploads.save, name, fetched.data, origin)
        return read.fetched_from(origin)

    async def _index(self, taken: list[ParsedFile]) -> None:
        desk = self.desk()
        if desk is None:
            logger.warning("no collection has the folder %s, so that nobody reads it", FROM_FEEDS)
            return
        try:
            await desk.reopen(*taken)
        except UserError as error:
            logger.warning("documents not indexed: %s", error)


def _shown(address: str) -> str:
    """Return an address for the log, without what may be a secret."""
    return address.partition("?")[0]
