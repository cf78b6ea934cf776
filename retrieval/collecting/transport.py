"""An httpx transport that connects to the very addresses that were checked.

A name may lead to another address at every look-up, so a check of the name alone is worth nothing
(DNS rebinding). Each request, those that follow a redirect among them, looks its host up once and
connects to what came out. TLS still proves the host's name.
"""

from __future__ import annotations

import ssl
from collections.abc import Set

import httpx

from retrieval.collecting.fetch_errors import FetchCause, FetchError
from retrieval.collecting.public_addresses import checked_addresses

_PORTS = {"http": 80, "https": 443}


class CheckedTransport(httpx.AsyncBaseTransport):
    """Sends requests to public addresses, and to any address of `own_hosts`."""

    def __init__(self, own_hosts: Set[str], tls: ssl.SSLContext) -> None:
        """Make the connections' pool; none is kept, as another host may stand at its address."""
        self._own_hosts = own_hosts
        self._transport = httpx.AsyncHTTPTransport(
            verify=tls, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the first of its host's addresses that takes the connection.

        Raises:
            FetchError: The address is no web address, or may not be connected to.
            httpx.HTTPError: The request fails.
        """
        url = request.url
        if url.scheme not in _PORTS or not url.host:
            raise FetchError(FetchCause.ADDRESS)
        host = url.raw_host.decode("ascii")
        addresses = await checked_addresses(host, url.port or _PORTS[url.scheme], self._own_hosts)
        for address in addresses[:-1]:
            try:
                return await self._sent(request, host, address)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._sent(request, host, addresses[-1])

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def _sent(self, request: httpx.Request, host: str, address: str) -> httpx.Response:
        # The headers, Host among them, are those of the request for the name.
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return await self._transport.handle_async_request(pinned)
