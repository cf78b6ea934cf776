"""Runs `python -m bot` as a process of its own against the demo's server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process_memory import megabytes
from bot.demo.server import DemoServer

PORTS = range(20_000, 32_000)  # outside the range that the system gives to other connections


@dataclass
class Bot:
    """A process of the bot, with the command and the environment that start it."""

    environment: dict[str, str]
    command: tuple[str, ...] = ("-m", "bot")
    process: subprocess.Popen[bytes] | None = None

    @classmethod
    def beside(cls, server: DemoServer, folder: Path, by_webhook: bool) -> Bot:
        """Return a bot that keeps its database and its index in `folder`."""
        settings = {
            "TELEGRAM_API_URL": server.url,
            "TELEGRAM_BOT_TOKEN": server.token,
            "INDEX_DIR": str(folder / "index"),
            "DATABASE_URL": f"sqlite:///{folder}/bot.sqlite3",
            "QUESTIONS_PER_MINUTE": "0",
            "LOG_LEVEL": "ERROR",
        }
        if by_webhook:
            address = f"127.0.0.1:{free_ports(1)[0]}"
            settings |= {"WEBHOOK_URL": f"http://{address}", "WEBHOOK_LISTEN": address}
        return cls(os.environ | settings)

    def start(self) -> None:
        """Start a process."""
        command = [sys.executable, *self.command]
        self.process = subprocess.Popen(command, env=self.environment)  # noqa: S603

    def kill(self) -> None:
        """Kill the process by SIGKILL, so that it cannot clean up."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def megabytes(self) -> int:
        """Return the process's resident memory."""
        assert self.process is not None  # noqa: S101 - started
        return megabytes(process=self.process.pid)


def free_ports(count: int) -> list[int]:
    """Return ports on loopback where nobody listens."""
    found: list[int] = []
    for port in PORTS:
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.append(port)
        if len(found) == count:
            return found
    raise SystemExit("no ports are free for the bot")
