"""Which addresses may be connected to: public ones, and those of hosts that the operator names.

Whoever can make the bot fetch an address could otherwise look into the network that it stands in
(server-side request forgery, https://owasp.org/www-community/attacks/Server_Side_Request_Forgery).
"""

from __future__ import annotations

import asyncio
from collections.abc import Set
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import SOCK_STREAM, gaierror

from retrieval.collecting.fetch_errors import FetchCause, FetchError

_UNICAST = IPv6Network("2000::/3")  # all of IPv6 that is given out (RFC 4291, 2.4)
_NAT64 = IPv6Network("64:ff9b::/96")  # an IPv4 address in its last 32 bits (RFC 6052)
_TUNNELS = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))  # 6to4 and Teredo lead elsewhere


async def checked_addresses(host: str, port: int, own_hosts: Set[str]) -> tuple[str, ...]:
    """Look a host's name up once, and return its IP addresses if all of them may be connected to.

    Args:
        host: A name or an IP address, without brackets.
        port: The port that is to be connected to.
        own_hosts: Hosts that may have any address.

    Raises:
        FetchError: The name is not known, or an address is not public.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=SOCK_STREAM)
    except (gaierror, UnicodeError):
        raise FetchError(FetchCause.UNREACHABLE, host=host) from None
    addresses = tuple(dict.fromkeys(str(one[4][0]) for one in found))
    if host.lower() not in own_hosts and not all(map(is_public, addresses)):
        raise FetchError(FetchCause.PRIVATE, host=host)
    return addresses


def is_public(address: str) -> bool:
    """Tell whether an IP address is one host's on the public internet."""
    ip = ip_address(address)
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast
    if ip in _NAT64:
        return is_public(str(IPv4Address(ip.packed[-4:])))
    return ip in _UNICAST and ip.is_global and not _is_tunnel(ip)


def _is_tunnel(ip: IPv6Address) -> bool:
    return any(ip in network for network in _TUNNELS)
