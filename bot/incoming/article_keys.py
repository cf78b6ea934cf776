"""What tells that two entries of feeds are one article: its guid, and its address."""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from retrieval.collecting.feed import Entry
from retrieval.collecting.fetched import site_of

# They tell where a reader comes from, not what is read.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|ref|cmpid", re.IGNORECASE)


def entry_keys(entry: Entry, feed: str) -> frozenset[str]:
    """Return the keys of an article that a feed announces.

    A guid that is no address counts for the feed's site alone, for another may count from 1 too.
    """
    guid = f"guid {site_of(feed)} {entry.guid}"
    return frozenset({address_key(entry.url), *([_hash(guid)] if entry.guid else [])})


def address_key(url: str) -> str:
    """Return the key of an article at an address."""
    parts = urlsplit(url)
    query = [one for one in parse_qsl(parts.query) if not _TRACKING.fullmatch(one[0])]
    return _hash(f"address {site_of(url)}{parts.path.rstrip('/')}?{urlencode(query)}")


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
