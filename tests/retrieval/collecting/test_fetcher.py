"""The fetcher, against a site on loopback that is allowed as a host of one's own."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
import zlib

import pytest

from retrieval.collecting import public_addresses
from retrieval.collecting.fetch_errors import FetchCause, FetchError
from retrieval.collecting.fetched import Validators
from retrieval.collecting.fetcher import Fetcher
from retrieval.refusals import Cause, UnreadableError
from tests.helpers.web_site import Reply, WebSite, endless, hanging

PLAIN = {"Content-Type": "text/plain"}


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(max_mb=1, own_hosts=frozenset({"127.0.0.1"}), seconds=10)


async def refused(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as raised:
        await fetcher.fetch_document(url)
    return raised.value


async def unreadable(fetcher: Fetcher, url: str) -> Cause:
    with pytest.raises(UnreadableError) as raised:
        await fetcher.fetch_document(url)
    return raised.value.cause


async def test_a_page_is_fetched(site: WebSite, fetcher: Fetcher) -> None:
    site.replies["/tin/hop"] = Reply.page("Họp báo", "Bộ trưởng chủ trì.", ETag='"1"')
    fetched = await fetcher.for_bot("TrichDanBot").fetch_document(f"{site.url}/tin/hop#cuoi")
    assert "Bộ trưởng chủ trì." in fetched.data.decode()
    assert fetched.head.url == f"{site.url}/tin/hop"
    assert fetched.validators == Validators('"1"', "")
    assert fetched.file_name == "127.0.0.1_tin_hop.html"
    [request] = site.requests
    assert request.headers["User-Agent"] == "trichdan (+https://t.me/TrichDanBot)"
    assert request.headers["Host"] == f"127.0.0.1:{site.port}"


async def test_a_redirect_is_followed_and_the_last_address_counts(
    site: WebSite, fetcher: Fetcher
) -> None:
    site.replies["/old"] = Reply.redirect("/new.txt")
    site.replies["/new.txt"] = Reply(b"They met.", headers=PLAIN)
    fetched = await fetcher.fetch_document(f"{site.url}/old")
    assert (fetched.head.url, fetched.data) == (f"{site.url}/new.txt", b"They met.")


@pytest.mark.parametrize(
    ("to", "cause"),
    [
        ("http://localhost:{port}/secret", FetchCause.PRIVATE),
        ("http://[::1]:{port}/secret", FetchCause.PRIVATE),
        ("http://[::ffff:127.0.0.1]:{port}/secret", FetchCause.PRIVATE),
        ("http://2130706433:{port}/secret", FetchCause.PRIVATE),
        ("http://10.0.0.1/secret", FetchCause.PRIVATE),
        ("http://169.254.169.254/latest/meta-data", FetchCause.PRIVATE),
        ("//0.0.0.0:{port}/secret", FetchCause.PRIVATE),
        ("file:///etc/passwd", FetchCause.ADDRESS),
        ("/again", FetchCause.REDIRECTS),
    ],
)
async def test_redirects_that_lead_astray(
    site: WebSite, fetcher: Fetcher, to: str, cause: FetchCause
) -> None:
    site.replies["/again"] = Reply.redirect(to.format(port=site.port))
    site.replies["/secret"] = Reply(b"secret", headers=PLAIN)
    assert (await refused(fetcher, f"{site.url}/again")).cause is cause
    assert "/secret" not in site.paths()


@pytest.mark.parametrize(
    "url",
    ["ftp://127.0.0.1/a.txt", "127.0.0.1/a.txt", "https://", "http://[::1", "",
     "https://lan:secret@example.org/"],
)  # fmt: skip
async def test_what_is_no_web_address(fetcher: Fetcher, url: str) -> None:
    assert (await refused(fetcher, url)).cause is FetchCause.ADDRESS


async def test_the_connection_goes_to_the_address_that_was_checked(
    site: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []

    async def rebinding(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        looked_up.append(host)
        address = "127.0.0.1" if len(looked_up) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", rebinding)
    monkeypatch.setattr(public_addresses, "is_public", lambda address: address == "127.0.0.1")
    site.replies["/a.txt"] = Reply(b"They met.", headers=PLAIN)
    site.replies["/on.txt"] = Reply.redirect("/a.txt")
    url = f"http://rebinding.example:{site.port}"
    fetched = await Fetcher(1).fetch_document(f"{url}/a.txt")
    assert (fetched.data, fetched.head.url) == (b"They met.", f"{url}/a.txt")
    assert looked_up == ["rebinding.example"]
    assert site.requests[0].headers["Host"] == f"rebinding.example:{site.port}"
    looked_up.clear()
    error = await refused(Fetcher(1), f"{url}/on.txt")  # each request is checked on its own
    assert error.cause is FetchCause.PRIVATE
    assert site.paths() == ["/a.txt", "/on.txt"]


async def test_where_the_first_address_is_dead_the_next_is_tried(
    site: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def two(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("127.0.0.9", port)), (*kind, ("127.0.0.1", port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", two)
    site.replies["/a.txt"] = Reply(b"They met.", headers=PLAIN)
    fetcher = Fetcher(1, frozenset({"two.example"}))
    fetched = await fetcher.fetch_document(f"http://two.example:{site.port}/a.txt")
    assert fetched.data == b"They met."


async def test_an_endless_body_ends_at_the_limit(site: WebSite, fetcher: Fetcher) -> None:
    site.replies["/a.txt"] = Reply(endless(), headers=PLAIN)
    assert await unreadable(fetcher, f"{site.url}/a.txt") is Cause.LARGE


async def test_a_body_that_unpacks_without_end_does_too(site: WebSite, fetcher: Fetcher) -> None:
    headers = {**PLAIN, "Content-Encoding": "gzip"}
    site.replies["/a.txt"] = Reply(gzip.compress(b"x" * 10**7), headers=headers)
    assert await unreadable(fetcher, f"{site.url}/a.txt") is Cause.LARGE
    site.replies["/b.txt"] = Reply(gzip.compress(b"They met."), headers=headers)
    assert (await fetcher.fetch_document(f"{site.url}/b.txt")).data == b"They met."


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "deflate"])
async def test_other_packings_are_not_unpacked(
    site: WebSite, fetcher: Fetcher, encoding: str
) -> None:
    headers = {**PLAIN, "Content-Encoding": encoding}
    site.replies["/a.txt"] = Reply(zlib.compress(b"They met."), headers=headers)
    assert (await refused(fetcher, f"{site.url}/a.txt")).cause is FetchCause.UNREACHABLE


async def test_what_is_said_to_be_large_is_not_fetched(site: WebSite, fetcher: Fetcher) -> None:
    site.replies["/a.txt"] = Reply(hanging(), headers={**PLAIN, "Content-Length": "1000001"})
    began = time.monotonic()
    assert await unreadable(fetcher, f"{site.url}/a.txt") is Cause.LARGE
    assert time.monotonic() - began < 4


async def test_an_address_that_never_answers(site: WebSite) -> None:
    site.replies["/a.txt"] = Reply(hanging(), headers=PLAIN)
    fetcher = Fetcher(1, frozenset({"127.0.0.1"}), seconds=0.3)
    error = await refused(fetcher, f"{site.url}/a.txt")
    assert (error.cause, error.is_passing) == (FetchCause.SLOW, True)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        error = await refused(fetcher, f"http://127.0.0.1:{silent.getsockname()[1]}/")
    assert error.cause is FetchCause.SLOW


async def test_an_address_where_nobody_listens(fetcher: Fetcher) -> None:
    with socket.socket() as unused:  # bound, but no more
        unused.bind(("127.0.0.1", 0))
        error = await refused(fetcher, f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert (error.cause, error.is_passing) == (FetchCause.UNREACHABLE, True)


@pytest.mark.parametrize(("status", "is_passing"), [(404, False), (403, False), (503, True)])
async def test_what_the_site_refuses(
    site: WebSite, fetcher: Fetcher, status: int, is_passing: bool
) -> None:
    site.replies["/a"] = Reply(b"no", status)
    error = await refused(fetcher, f"{site.url}/a")
    assert (str(error), error.is_passing) == (f"the site answered {status}", is_passing)


@pytest.mark.parametrize(
    ("path", "headers", "suffix"),
    [
        ("/a", {"Content-Type": "text/html; charset=utf-8"}, ".html"),
        ("/a.pdf", {"Content-Type": "text/html"}, ".html"),
        ("/a", {"Content-Type": "application/pdf"}, ".pdf"),
        ("/a.md", {"Content-Type": "text/plain"}, ".md"),
        ("/a.PDF", {"Content-Type": "application/octet-stream"}, ".pdf"),
        ("/a.docx?x=1", {}, ".docx"),
        ("/a", {"Content-Type": "message/rfc822"}, ".eml"),
        ("/a", {"Content-Type": "application/vnd.oasis.opendocument.spreadsheet"}, ".ods"),
        (
            "/get?id=7",
            {
                "Content-Type": "application/octet-stream",
                "Content-Disposition": "attachment; filename*=UTF-8''h%E1%BB%8Dp.docx",
            },
            ".docx",
        ),
    ],
)
async def test_the_format_is_told_by_type_and_name(
    site: WebSite, fetcher: Fetcher, path: str, headers: dict[str, str], suffix: str
) -> None:
    site.replies[path] = Reply(b"They met.", headers=headers)
    assert (await fetcher.fetch_document(site.url + path)).head.suffix == suffix


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/a.mp4", "video/mp4"),
        ("/a.pdf", "image/png"),
        ("/a.exe", "application/octet-stream"),
        ("/a", "application/json"),
    ],
)
async def test_other_types_are_refused_before_they_are_fetched(
    site: WebSite, fetcher: Fetcher, path: str, kind: str
) -> None:
    site.replies[path] = Reply(endless(), headers={"Content-Type": kind})
    assert await unreadable(fetcher, site.url + path) is Cause.FORMAT


async def test_what_is_known_is_not_fetched_again(site: WebSite, fetcher: Fetcher) -> None:
    site.replies["/feed"] = Reply(status=304)
    known = Validators('"7"', "Wed, 25 Nov 2026 10:00:00 GMT")
    assert await fetcher.fetch(f"{site.url}/feed", known) is None
    headers = site.requests[0].headers
    assert headers["If-None-Match"] == '"7"'
    assert headers["If-Modified-Since"] == "Wed, 25 Nov 2026 10:00:00 GMT"
