"""Fetches what lies at an address: from public hosts alone, under limits of size and time."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Set
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache
from http import HTTPStatus

import httpx

from retrieval.collecting.fetch_errors import FetchCause, FetchError
from retrieval.collecting.fetched import UNKNOWN, Fetched, Head, Validators
from retrieval.collecting.transport import CheckedTransport
from retrieval.refusals import Cause, UnreadableError

SECONDS = 60.0  # for a whole fetch, redirects and all
SILENCE = 20.0  # seconds without a byte
REDIRECTS = 8
AGENT = "trichdan"
# A few bytes packed in other ways, or twice, may unpack to more than any memory holds.
_UNPACKED = ("", "identity", "gzip")


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches addresses.

    Attributes:
        max_mb: The most that is fetched at once, in million bytes.
        own_hosts: Hosts that need not be on the public internet, in lower case.
        agent: How it calls itself to the sites.
        seconds: What one fetch may take.
    """

    max_mb: int
    own_hosts: Set[str] = frozenset()
    agent: str = AGENT
    seconds: float = SECONDS

    def for_bot(self, username: str) -> Fetcher:
        """Return the same fetcher, which names the bot and where it can be found."""
        return replace(self, agent=f"{AGENT} (+https://t.me/{username})")

    async def fetch_document(self, url: str) -> Fetched:
        """Fetch a page or a file of a format that can be read.

        Raises:
            FetchError: It cannot be fetched.
            UnreadableError: It is too large, or of no such format, which its head tells.
        """
        fetched = await self.fetch(url, check=lambda head: head.suffix)
        if fetched is None:  # nothing was known of it, so that this is the site's fault
            raise FetchError(FetchCause.STATUS, status=str(int(HTTPStatus.NOT_MODIFIED)))
        return fetched

    async def fetch(
        self,
        url: str,
        known: Validators = UNKNOWN,
        check: Callable[[Head], object] | None = None,
    ) -> Fetched | None:
        """Fetch what lies at an address.

        Args:
            url: An address of the form https://… or http://….
            known: What came with it the last time.
            check: Is called before the body is fetched, and may raise.

        Returns:
            What was fetched, None where it is what is `known` already.

        Raises:
            FetchError: It cannot be fetched.
            UnreadableError: It is too large.
        """
        try:
            async with asyncio.timeout(self.seconds), self._opened(url, known) as response:
                if response.status_code == HTTPStatus.NOT_MODIFIED and known != UNKNOWN:
                    return None
                head = _head_of(response)
                if check:
                    check(head)
                return Fetched(head, await self._body(response), _validators(response))
        except (TimeoutError, httpx.TimeoutException):
            raise FetchError(FetchCause.SLOW, limit=f"{self.seconds:.0f}") from None
        except httpx.TooManyRedirects:
            raise FetchError(FetchCause.REDIRECTS) from None
        except httpx.HTTPError:
            host = httpx.URL(url).host
            raise FetchError(FetchCause.UNREACHABLE, host=host) from None

    @asynccontextmanager
    async def _opened(self, url: str, known: Validators) -> AsyncIterator[httpx.Response]:
        """Send the request and yield the response, its body still to come."""
        address = _checked(url)
        transport = CheckedTransport(self.own_hosts, await asyncio.to_thread(_tls))
        async with httpx.AsyncClient(
            transport=transport,
            trust_env=False,
            follow_redirects=True,
            max_redirects=REDIRECTS,
            timeout=SILENCE,
            headers={"User-Agent": self.agent, "Accept-Encoding": "gzip"},
        ) as client:
            async with client.stream("GET", address, headers=known.as_headers()) as response:
                yield response

    async def _body(self, response: httpx.Response) -> bytes:
        limit = self.max_mb * 10**6
        said = response.headers.get("content-length", "")
        if response.headers.get("content-encoding", "").strip().lower() not in _UNPACKED:
            raise FetchError(FetchCause.UNREACHABLE, host=response.url.host)
        body = bytearray()
        if said.isdecimal() and int(said) > limit:
            raise UnreadableError(Cause.LARGE, limit=str(self.max_mb))
        async for part in response.aiter_bytes():
            body += part
            if len(body) > limit:
                raise UnreadableError(Cause.LARGE, limit=str(self.max_mb))
        return bytes(body)


def _checked(url: str) -> httpx.URL:
    """Return a web address without its fragment; raises FetchError for anything else."""
    try:
        address = httpx.URL(url).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError):
        raise FetchError(FetchCause.ADDRESS) from None
    if address.scheme not in ("http", "https") or not address.host or address.userinfo:
        raise FetchError(FetchCause.ADDRESS)  # a password would be cited with the document
    return address


def _head_of(response: httpx.Response) -> Head:
    if response.status_code != HTTPStatus.OK:
        raise FetchError(FetchCause.STATUS, status=str(response.status_code))
    return Head(
        url=str(response.url.copy_with(fragment=None, userinfo=b"")),
        content_type=response.headers.get("content-type", ""),
        disposition=response.headers.get("content-disposition", ""),
    )


def _validators(response: httpx.Response) -> Validators:
    headers = response.headers
    return Validators(headers.get("etag", ""), headers.get("last-modified", ""))


@cache
def _tls() -> ssl.SSLContext:
    # Loading the certificates takes longer than many a call.
    return httpx.create_ssl_context()
