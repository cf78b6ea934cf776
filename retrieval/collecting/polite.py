"""Fetches as a program should that nobody has sent: by robots.txt (RFC 9309), and with pauses.

A site without robots.txt allows everything. One whose robots.txt cannot be had just now allows
nothing yet.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from time import monotonic
from urllib.parse import urlsplit

from protego import Protego

from retrieval.collecting.fetch_errors import FetchCause, FetchError
from retrieval.collecting.fetched import Fetched, Validators
from retrieval.collecting.fetcher import AGENT, Fetcher
from retrieval.refusals import UnreadableError

SMALL_MB = 5  # of a feed: parsing it takes 70 times as much memory
# All in seconds.
PAUSE = 2.0  # between two calls of one site
LONGEST_PAUSE = 60.0  # that a site may ask for
KEPT = 86_400.0  # how long a robots.txt counts: a day


class PoliteFetcher:
    """Fetches through another fetcher; for one task alone."""

    def __init__(self, fetcher: Fetcher) -> None:
        """Store the fetcher; no site is known yet."""
        self._fetcher = fetcher
        self._small = replace(fetcher, max_mb=min(fetcher.max_mb, SMALL_MB))
        self._rules: dict[str, tuple[float, Protego]] = {}
        self._called: dict[str, float] = {}

    async def fetch(self, url: str, known: Validators) -> Fetched | None:
        """Fetch up to `SMALL_MB`; raises FetchError too where the site does not want it."""
        await self._admitted(url)
        return await self._small.fetch(url, known)

    async def fetch_document(self, url: str) -> Fetched:
        """Fetch as `Fetcher.fetch_document`; raises FetchError too if the site does not want it."""
        await self._admitted(url)
        return await self._fetcher.fetch_document(url)

    async def _admitted(self, url: str) -> None:
        """Wait until a site may be called again; raise FetchError where it never may."""
        try:
            parts = urlsplit(url)
        except ValueError:
            raise FetchError(FetchCause.ADDRESS) from None
        site = f"{parts.scheme}://{parts.netloc}"
        rules = await self._rules_of(site)
        if not await asyncio.to_thread(rules.can_fetch, url, AGENT):
            raise FetchError(FetchCause.ROBOTS)
        await self._pause(site, min(rules.crawl_delay(AGENT) or 0.0, LONGEST_PAUSE))

    async def _pause(self, site: str, asked: float = 0.0) -> None:
        due = self._called.get(site, -LONGEST_PAUSE) + max(PAUSE, asked)
        await asyncio.sleep(max(0.0, due - monotonic()))
        self._called[site] = monotonic()

    async def _rules_of(self, site: str) -> Protego:
        read, rules = self._rules.get(site, (-KEPT, None))
        if rules is None or monotonic() - read > KEPT:
            await self._pause(site)
            rules = await asyncio.to_thread(Protego.parse, await self._robots_txt(site))
            self._rules[site] = monotonic(), rules
        return rules

    async def _robots_txt(self, site: str) -> str:
        try:
            fetched = await self._small.fetch(f"{site}/robots.txt")
        except UnreadableError:  # too large to be meant
            return ""
        except FetchError as error:
            if error.cause is FetchCause.STATUS and not error.is_passing:
                return ""
            raise
        return fetched.data.decode("utf-8", "replace") if fetched else ""
