"""A load balancer on loopback: each connection goes to the next replica that takes one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle, islice
from socket import create_server, socket

HOST = "127.0.0.1"


class Balancer:
    """Passes connections to the ports in turn; a port where nobody listens is passed over."""

    def __init__(self, listener: socket, ports: Sequence[int]) -> None:
        """Take a socket that listens already."""
        self.address = f"{HOST}:{listener.getsockname()[1]}"
        self._listener = listener
        self._ports = ports
        self._order = cycle(range(len(ports)))
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()

    @classmethod
    @contextmanager
    def running(cls, ports: Sequence[int]) -> Iterator[Balancer]:
        """Balance in a thread until the block ends."""
        balancer = cls(create_server((HOST, 0)), ports)
        thread = threading.Thread(target=balancer._run, name="balancer", daemon=True)
        thread.start()
        try:
            yield balancer
        finally:
            balancer._loop.call_soon_threadsafe(balancer._stop.set)
            thread.join()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        async with await asyncio.start_server(self._pass_on, sock=self._listener):
            await self._stop.wait()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number in islice(self._order, len(self._ports)):
            with suppress(OSError):
                replica = await asyncio.open_connection(HOST, self._ports[number])
                await asyncio.gather(_copy(reader, replica[1]), _copy(replica[0], writer))
                return
        writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Copy until one side ends; a replica that is killed resets its connections."""
    with suppress(OSError):
        while part := await reader.read(65_536):
            writer.write(part)
            await writer.drain()
    writer.close()
