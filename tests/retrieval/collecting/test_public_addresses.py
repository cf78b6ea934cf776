"""Which addresses are public, and what a name's look-up is held to."""

from __future__ import annotations

import asyncio
import socket

import pytest

from retrieval.collecting.fetch_errors import FetchError
from retrieval.collecting.public_addresses import checked_addresses, is_public


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "203.162.0.11", "2606:4700:4700::1111", "64:ff9b::1.1.1.1"],
)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:1.1.1.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:0a00:1::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "::1", "0"],
)
async def test_all_ways_to_write_this_machine(host: str) -> None:
    with pytest.raises(FetchError, match="is not on the public internet; to allow it, add it to"):
        await checked_addresses(host, 80, frozenset({"intranet"}))


async def test_a_host_of_ones_own_may_have_any_address() -> None:
    assert await checked_addresses("127.0.0.1", 80, frozenset({"127.0.0.1"})) == ("127.0.0.1",)


async def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def both(*_: object, **__: object) -> list[tuple[object, ...]]:
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("1.1.1.1", 80)), (*kind, ("10.0.0.1", 80))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", both)
    with pytest.raises(FetchError, match="both.example is not on the public internet"):
        await checked_addresses("both.example", 80, frozenset())


async def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object, **__: object) -> list[tuple[object, ...]]:
        raise socket.gaierror

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", nothing)
    with pytest.raises(FetchError, match=r"^nobody.example cannot be reached$"):
        await checked_addresses("nobody.example", 80, frozenset())
