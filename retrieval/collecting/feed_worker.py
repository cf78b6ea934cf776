"""`python -m retrieval.collecting.feed_worker URL`: reads a feed on standard input.

It writes the entries to standard output, as JSON in the fields of `feed.Entry`. Where the input is
no feed, it ends with the exit code 1. It alone imports feedparser.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any

import feedparser


def main(url: str) -> int:
    """Read the feed and write its entries; return the exit code."""
    # A file is parsed; a string that looks like an address would be fetched.
    feed = feedparser.parse(
        BytesIO(sys.stdin.buffer.read()),
        response_headers={"content-location": url},
        sanitize_html=False,
    )
    if not feed.version:
        return 1
    entries = [_fields(entry) for entry in feed.entries if _url(entry)]
    sys.stdout.write(json.dumps(entries))
    return 0


def _fields(entry: Any) -> dict[str, str]:  # noqa: ANN401 - feedparser ships no types
    return {
        "url": _url(entry),
        "guid": entry.get("id", ""),
        "title": " ".join(entry.get("title", "").split()),
        "date": _date(entry),
    }


def _url(entry: Any) -> str:  # noqa: ANN401
    url: str = entry.get("link", "").strip()
    return url if url.startswith(("https://", "http://")) else ""


def _date(entry: Any) -> str:  # noqa: ANN401
    """Return the day of publication where it was published; feedparser tells it in UTC."""
    written = entry.get("published", "") or entry.get("updated", "")
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(written).date().isoformat()
        except ValueError:
            continue
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    return time.strftime("%Y-%m-%d", parsed) if parsed else ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
