"""Feeds as sites write them, and what is none."""

from __future__ import annotations

import pytest

from retrieval.collecting import feed
from retrieval.collecting.feed import Entry, entries_of
from retrieval.collecting.fetch_errors import FetchCause, FetchError

URL = "https://bao.vn/rss/tin-moi.rss"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Báo Mẫu</title><link>https://bao.vn/</link>
<item><title>Khánh thành  cầu &amp; đường</title><link>/tin/cau.html</link>
<guid isPermaLink="false">4713</guid><pubDate>Thu, 26 Nov 2026 01:30:00 +0700</pubDate></item>
<item><title>Không có địa chỉ</title></item>
<item><title>Lạ</title><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><id>tag:news.example,2026:1</id><title type="html">They &lt;b&gt;met&lt;/b&gt;</title>
<link rel="alternate" href="https://news.example/met"/><link rel="edit" href="https://news.example/e"/>
<updated>2026-11-25T23:30:00-05:00</updated></entry></feed>"""


def test_an_rss_feed() -> None:
    assert entries_of(RSS.encode(), URL) == (
        Entry("https://bao.vn/tin/cau.html", "4713", "Khánh thành cầu & đường", "2026-11-26"),
    )


def test_an_atom_feed() -> None:
    (entry,) = entries_of(ATOM.encode(), URL)
    assert (entry.url, entry.guid) == ("https://news.example/met", "tag:news.example,2026:1")
    assert entry.date == "2026-11-25"


def test_a_feed_that_breaks_off_gives_what_it_has() -> None:
    broken = RSS.replace("&amp;", "&").partition("<item><title>Lạ")[0]
    assert [one.guid for one in entries_of(broken.encode(), URL)] == ["4713"]


@pytest.mark.parametrize(
    "data",
    [b"", b"<html><body><h1>404</h1></body></html>", b"%PDF-1.7", b"\0" * 1000, b'{"items": []}'],
)
def test_what_is_no_feed(data: bytes) -> None:
    with pytest.raises(FetchError, match=r"^it is no RSS or Atom feed$"):
        entries_of(data, URL)


def test_entities_within_entities_are_not_unfolded() -> None:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lines}]><rss version="2.0"><channel><title>&l9;'
    assert entries_of(bomb.encode(), URL) == ()


def test_what_takes_too_long_is_no_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "SECONDS", 0.2)
    with pytest.raises(FetchError) as raised:
        entries_of(b"<rss><channel>" + b"<a>" * 300_000, URL)
    assert raised.value.cause is FetchCause.NO_FEED
