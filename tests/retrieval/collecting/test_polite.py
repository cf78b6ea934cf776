"""robots.txt and pauses, against a site on loopback."""

from __future__ import annotations

import pytest

from retrieval.collecting import polite
from retrieval.collecting.fetch_errors import FetchCause, FetchError
from retrieval.collecting.fetched import Validators
from retrieval.collecting.fetcher import Fetcher
from retrieval.collecting.polite import PoliteFetcher
from tests.helpers.web_site import Reply, WebSite, endless

PLAIN = {"Content-Type": "text/plain"}


@pytest.fixture
def fetcher(site: WebSite, monkeypatch: pytest.MonkeyPatch) -> PoliteFetcher:
    monkeypatch.setattr(polite, "PAUSE", 0.1)
    for path in ("/a.txt", "/private/b.txt", "/b.txt?print=1"):
        site.replies[path] = Reply(b"They met.", headers=PLAIN)
    return PoliteFetcher(Fetcher(1, frozenset({"127.0.0.1"}), seconds=5))


async def test_what_robots_txt_forbids_is_not_fetched(
    site: WebSite, fetcher: PoliteFetcher
) -> None:
    rules = b"User-agent: *\nDisallow: /private/\nDisallow: /*?print="
    site.replies["/robots.txt"] = Reply(rules)
    assert (await fetcher.fetch_document(f"{site.url}/a.txt")).data == b"They met."
    for path in ("/private/b.txt", "/b.txt?print=1"):
        with pytest.raises(FetchError, match=r"the site asks programs not to fetch it") as raised:
            await fetcher.fetch_document(site.url + path)
        assert not raised.value.is_passing
    with pytest.raises(FetchError, match=r"the site asks programs not to fetch it"):
        await fetcher.fetch(f"{site.url}/private/b.txt", Validators())
    assert site.paths() == ["/robots.txt", "/a.txt"]


async def test_rules_for_this_program_count_before_those_for_all(
    site: WebSite, fetcher: PoliteFetcher
) -> None:
    site.replies["/robots.txt"] = Reply(
        b"User-agent: *\nDisallow: /\n\nUser-agent: trichdan\nDisallow: /private/\n"
    )
    assert (await fetcher.fetch_document(f"{site.url}/a.txt")).data == b"They met."


@pytest.mark.parametrize(
    "robots",
    [Reply(status=404), Reply(b"\xff\0<html>"), Reply(endless()), Reply(status=403)],
    ids=["none", "nonsense", "endless", "forbidden"],
)
async def test_a_site_without_rules_allows_everything(
    site: WebSite, fetcher: PoliteFetcher, robots: Reply
) -> None:
    site.replies["/robots.txt"] = robots
    assert (await fetcher.fetch_document(f"{site.url}/a.txt")).data == b"They met."


async def test_a_site_whose_rules_cannot_be_had_allows_nothing_yet(
    site: WebSite, fetcher: PoliteFetcher
) -> None:
    site.replies["/robots.txt"] = Reply(status=503)
    with pytest.raises(FetchError) as raised:
        await fetcher.fetch_document(f"{site.url}/a.txt")
    assert (raised.value.cause, raised.value.is_passing) == (FetchCause.STATUS, True)
    site.replies["/robots.txt"] = Reply(b"")
    assert (await fetcher.fetch_document(f"{site.url}/a.txt")).data == b"They met."


async def test_calls_of_a_site_keep_their_distance(site: WebSite, fetcher: PoliteFetcher) -> None:
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 0.4\n")
    for _ in range(2):
        await fetcher.fetch_document(f"{site.url}/a.txt")
    robots, first, second = (request.time for request in site.requests)
    assert first - robots > 0.25  # seconds, on a machine that may hold up a request on its way
    assert second - first > 0.25


async def test_a_site_that_asks_for_days_gets_a_minute(
    site: WebSite, fetcher: PoliteFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polite, "LONGEST_PAUSE", 0.2)
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 86400\n")
    assert (await fetcher.fetch_document(f"{site.url}/a.txt")).data == b"They met."
