"""What is kept of feeds, in both kinds of databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.store import KeptFeeds, Store
from retrieval.collecting.fetched import UNKNOWN, Validators

FEED = "https://bao.vn/rss/tin-moi.rss"


@pytest.fixture
def kept(database_url: str) -> Iterator[KeptFeeds]:
    store = Store.open(database_url)
    yield KeptFeeds(store.engine)
    store.close()


def test_the_last_version_of_a_feed_is_kept(kept: KeptFeeds) -> None:
    assert kept.version(FEED) == UNKNOWN
    for version in (Validators('"1"', ""), Validators('"2"', "Thu, 26 Nov 2026 10:00:00 GMT")):
        kept.keep_version(FEED, version)
        assert kept.version(FEED) == version
    assert kept.version("https://khac.vn/rss") == UNKNOWN


def test_an_article_is_known_by_any_of_its_keys(kept: KeptFeeds) -> None:
    kept.take({"a", "b"})
    kept.take({"b", "c"})
    assert kept.is_taken({"x", "c"})
    assert not kept.is_taken({"x"})
