"""A feed's bytes -> its entries, parsed in a process of its own.

feedparser reads feeds that are broken in many ways, and takes up to a minute for a few million
characters of nonsense. So it runs in a process, which is stopped after `SECONDS`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from retrieval.collecting.fetch_errors import FetchCause, FetchError
from retrieval.reading.sandbox import worker_environment

SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a feed announces it; what is not known is empty.

    Attributes:
        url: The article's address.
        guid: What the feed knows the article by, the same for good.
        title: The headline.
        date: When it was published, in ISO 8601.
    """

    url: str
    guid: str = ""
    title: str = ""
    date: str = ""


def entries_of(data: bytes, url: str) -> tuple[Entry, ...]:
    """Return the entries of an RSS or Atom feed that have an address, in its order; blocks.

    Args:
        data: The feed.
        url: Its address, from which relative addresses in it are counted.

    Raises:
        FetchError: It is no feed, or cannot be read in time.
    """
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-P", "-m", "retrieval.collecting.feed_worker", url],
            input=data,
            capture_output=True,
            env=worker_environment(),
            timeout=SECONDS,
            start_new_session=True,  # Ctrl+C goes to the program alone
        )
    except subprocess.TimeoutExpired:
        raise FetchError(FetchCause.NO_FEED) from None
    if done.returncode:
        raise FetchError(FetchCause.NO_FEED)
    return tuple(Entry(**fields) for fields in json.loads(done.stdout))
