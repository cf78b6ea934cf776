"""Feeds and their articles, from a site on loopback into the documents' folder."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.incoming.feeds import Feeds
from bot.settings import Settings
from bot.store import KeptFeeds, Store
from retrieval.collecting import polite
from retrieval.collecting.fetcher import Fetcher
from retrieval.collecting.polite import PoliteFetcher
from retrieval.collection.uploads import Uploads
from retrieval.documents import Document
from retrieval.reading.formats import MAIN_SUFFIXES
from retrieval.reading.parse_cache import ParseCache
from retrieval.reading.parser import parse
from retrieval.settings import RetrievalSettings
from tests.helpers.folder_retriever import FolderRetriever
from tests.helpers.searches import whole_searches
from tests.helpers.web_site import Reply, WebSite, endless, hanging

FEED = "/rss/tin-moi.rss"
BRIDGE, MARKET = "/tin/cau.html", "/tin/cho.html"


@pytest.fixture
def retriever(tmp_path: Path) -> FolderRetriever:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "old.txt").write_text("They met in Hanoi.", "utf-8")
    retriever = FolderRetriever(folder=tmp_path / "seeds")
    retriever.reopen()
    return retriever


@pytest.fixture
def kept(settings: Settings) -> Iterator[KeptFeeds]:
    store = Store.open(settings.database_url)
    yield KeptFeeds(store.engine)
    store.close()


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make no pauses, and read files in this process."""
    monkeypatch.setattr(polite, "PAUSE", 0.0)
    monkeypatch.setattr(Uploads, "read", lambda self, *file: ParseCache(parse).read(*file))


@pytest.fixture(autouse=True)
def articles(site: WebSite) -> None:
    site.replies[BRIDGE] = Reply.page("Cầu mới", "Cầu được khánh thành sáng nay.")
    site.replies[MARKET] = Reply.page("Chợ cũ", "Chợ đã dời về bên sông từ tuần trước.")


def feeds(site: WebSite, retriever: FolderRetriever, kept: KeptFeeds, *paths: str) -> Feeds:
    """Return feeds as they are after a start."""
    fetcher = PoliteFetcher(Fetcher(1, frozenset({"127.0.0.1"}), seconds=1))
    uploads = Uploads(RetrievalSettings(seeds=retriever.folder))
    desk = whole_searches(retriever, Store(kept.engine)).desk_of_feeds
    return Feeds(tuple(site.url + path for path in paths), fetcher, uploads, desk, kept)


async def read(feeds: Feeds) -> None:
    for address in feeds.addresses:
        await feeds.read(address)


def announced(*items: tuple[str, str], **headers: str) -> Reply:
    """Return a feed whose items have these guids and links."""
    entries = "".join(
        f"<item><title>Từ nguồn tin</title><guid isPermaLink='false'>{guid}</guid>"
        f"<link>{link}</link><pubDate>Thu, 26 Nov 2026 01:30:00 +0700</pubDate></item>"
        for guid, link in items
    )
    feed = f"<rss version='2.0'><channel><title>Báo</title>{entries}</channel></rss>"
    return Reply(feed.encode(), headers={"Content-Type": "application/rss+xml", **headers})


def taken(retriever: FolderRetriever) -> list[Document]:
    return [one for one in retriever.documents if one.name.startswith("from-feeds/")]


async def test_new_articles_become_documents(
    site: WebSite, retriever: FolderRetriever, kept: KeptFeeds
) -> None:
    site.replies[FEED] = announced(("1", BRIDGE), ("2", MARKET))
    await read(feeds(site, retriever, kept, FEED))
    bridge, market = taken(retriever)
    assert bridge.name == "from-feeds/127.0.0.1_tin_cau.html"
    assert (bridge.title, bridge.text) == ("Cầu mới", "Cầu mới\n\nCầu được khánh thành sáng nay.")
    assert (bridge.url, bridge.date) == (site.url + BRIDGE, "2026-11-26")
    assert (bridge.source, market.title) == ("127.0.0.1", "Chợ cũ")
    assert len(retriever.parsed) == 2  # in one build


async def test_after_a_restart_only_what_is_new_is_fetched(
    site: WebSite, retriever: FolderRetriever, kept: KeptFeeds
) -> None:
    site.replies[FEED] = announced(("1", BRIDGE), ETag='"v1"')
    await read(feeds(site, retriever, kept, FEED))
    site.requests.clear()
    site.replies[FEED] = announced(("2", MARKET), ("1", BRIDGE), ETag='"v2"')
    await read(feeds(site, retriever, kept, FEED))
    assert site.paths() == ["/robots.txt", FEED, MARKET]
    assert site.requests[1].headers["If-None-Match"] == '"v1"'
    site.requests.clear()
    site.replies[FEED] = Reply(status=304)
    await read(feeds(site, retriever, kept, FEED))
    assert site.paths() == ["/robots.txt", FEED]
    assert site.requests[1].headers["If-None-Match"] == '"v2"'
    assert [one.title for one in taken(retriever)] == ["Cầu mới", "Chợ cũ"]


async def test_an_article_of_two_feeds_is_taken_once(
    site: WebSite, retriever: FolderRetriever, kept: KeptFeeds
) -> None:
    site.replies[FEED] = announced(("1", f"{BRIDGE}?utm_source=rss"))
    site.replies[f"{BRIDGE}?utm_source=rss"] = site.replies[BRIDGE]
    site.replies["/rss/doi-song.rss"] = announced(("a-1", BRIDGE), ("1", "/tin/khac.html"))
    await read(feeds(site, retriever, kept, FEED, "/rss/doi-song.rss"))
    assert site.paths().count(BRIDGE) == 0
    assert site.paths().count("/tin/khac.html") == 0
    assert len(taken(retriever)) == 1


async def test_the_address_that_a_page_declares_counts(
    site: WebSite, retriever: FolderRetriever, kept: KeptFeeds
) -> None:
    body = site.replies[BRIDGE].body
    assert isinstance(body, bytes)
    link = f"<head><link rel='canonical' href='{site.url}{BRIDGE}'>".encode()
    for path, said in (("/amp/cau", b"s\xc3\xa1ng nay"), ("/m/cau", b"h\xc3\xb4m qua")):
        page = body.replace(b"<head>", link).replace("sáng nay".encode(), said)
        site.replies[path] = Reply(page, headers={"Content-Type": "text/html"})
    site.replies[FEED] = announced(("1", "/amp/cau"), ("2", "/m/cau"), ("3", BRIDGE))
    await read(feeds(site, retriever, kept, FEED))
    assert [one.url for one in taken(retriever)] == [f"{site.url}/amp/cau"]
    assert site.paths().count(BRIDGE) == 0


async def test_what_is_there_already_is_left_out(
    site: WebSite,
    retriever: FolderRetriever,
    kept: KeptFeeds,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    site.replies["/a.txt"] = Reply(b"They met in Hanoi.", headers={"Content-Type": "text/plain"})
    site.replies[FEED] = announced(("1", "/a.txt?key=secret"))
    site.replies["/a.txt?key=secret"] = site.replies["/a.txt"]
    for _ in range(2):
        await read(feeds(site, retriever, kept, FEED))
    assert caplog.messages == [
        f"article {site.url}/a.txt left out: its text is that of old.txt; remove one of the two"
    ]
    assert taken(retriever) == []


async def test_articles_that_cannot_be_had_cost_the_others_nothing(
    site: WebSite,
    retriever: FolderRetriever,
    kept: KeptFeeds,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private\n")
    site.replies["/film"] = Reply(endless(), headers={"Content-Type": "video/mp4"})
    site.replies["/long"] = Reply(
        endless(b"<p>long</p>" * 5_000), headers={"Content-Type": "text/html"}
    )
    site.replies["/astray"] = Reply.redirect("http://localhost/secret")
    links = ("/gone", "/film", "/long", "/astray", "/private", "http://[::1", BRIDGE)
    site.replies[FEED] = announced(*((str(n), link) for n, link in enumerate(links)))
    await read(feeds(site, retriever, kept, FEED))
    assert [message.partition(" left out: ")[2] for message in caplog.messages] == [
        "the site answered 404",
        f"its format cannot be read; save it as one of {', '.join(MAIN_SUFFIXES)}",
        "it is larger than 1 MB; split it",
        "localhost is not on the public internet; to allow it, add it to OWN_HOSTS",
        "the site asks programs not to fetch it (robots.txt)",
    ]
    assert [one.title for one in taken(retriever)] == ["Cầu mới"]
    site.requests.clear()
    await read(feeds(site, retriever, kept, FEED))
    assert site.paths() == ["/robots.txt", FEED]


async def test_an_article_whose_site_does_not_answer_is_tried_again(
    site: WebSite, retriever: FolderRetriever, kept: KeptFeeds
) -> None:
    page = site.replies[MARKET]
    site.replies[MARKET] = Reply(hanging(), headers=page.headers)
    site.replies[FEED] = announced(("1", BRIDGE), ("2", MARKET), ETag='"v1"')
    await read(feeds(site, retriever, kept, FEED))
    assert [one.title for one in taken(retriever)] == ["Cầu mới"]
    site.replies[MARKET] = page
    site.requests.clear()
    await read(feeds(site, retriever, kept, FEED))
    assert site.paths() == ["/robots.txt", FEED, MARKET]
    assert "If-None-Match" not in site.requests[1].headers
    assert [one.title for one in taken(retriever)] == ["Cầu mới", "Chợ cũ"]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply.page("Trang chủ", "Tin mới."), "it is no RSS or Atom feed"),
        (Reply(endless()), "it is larger than 1 MB; split it"),
        (Reply(hanging()), "it did not arrive within 1 s"),
        (Reply(b"%PDF-1.7", headers={"Content-Type": "application/pdf"}),
         "it is no RSS or Atom feed"),
        (Reply(status=404), "the site answered 404"),
        (Reply(status=304), "the site answered 304"),
    ],
    ids=["HTML", "endless", "silent", "a PDF", "gone", "not modified, though nothing was known"],
)  # fmt: skip
async def test_a_feed_that_is_none_is_one_line_and_the_next_is_read(
    site: WebSite,
    retriever: FolderRetriever,
    kept: KeptFeeds,
    caplog: pytest.LogCaptureFixture,
    reply: Reply,
    said: str,
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    site.replies["/bad?key=secret"] = reply
    site.replies[FEED] = announced(("1", BRIDGE))
    both = feeds(site, retriever, kept, "/bad?key=secret", FEED)
    await read(both)
    await read(both)
    assert caplog.messages == [f"feed {site.url}/bad: {said}"]
    assert [one.title for one in taken(retriever)] == ["Cầu mới"]


async def test_a_feed_where_nobody_listens(
    site: WebSite,
    retriever: FolderRetriever,
    kept: KeptFeeds,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    with socket.socket() as unused:  # bound, but no more
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/rss"
        await feeds(site, retriever, kept).read(address)
    assert caplog.messages == [f"feed {address}: 127.0.0.1 cannot be reached"]
