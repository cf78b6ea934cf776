"""A PostgreSQL server for the tests: Debian's, with files of its own, on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
# The server refuses to run as root. Debian's package creates this user.
USER = "postgres" if os.geteuid() == 0 else None


@dataclass(frozen=True)
class PostgresServer:
    """A running server that accepts every user of this machine."""

    port: int
    numbers: Iterator[int] = field(default_factory=count)

    def new_database(self, options: str = "") -> str:
        """Create an empty database with options of CREATE DATABASE and return its URL."""
        import psycopg  # the driver is optional

        name = f"bot{next(self.numbers)}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} {options}".encode())
        return self._address(name)

    def _address(self, database: str) -> str:
        return f"postgresql://bot@127.0.0.1:{self.port}/{database}"


def find_postgres() -> Path | None:
    """Return the folder of the server's programs, or None if it is not installed."""
    found = shutil.which("pg_ctl")
    return Path(found).resolve().parent if found else (DEBIAN[-1] if DEBIAN else None)


@contextmanager
def running_postgres(programs: Path) -> Iterator[PostgresServer]:
    """Start a server on a free port. At the end, stop it and remove its files."""
    with TemporaryDirectory(prefix="postgres-") as folder, socket.socket() as free:
        if USER:
            shutil.chown(folder, USER)
        data = Path(folder) / "data"
        _run(programs / "initdb", "--no-sync", "--auth=trust", "--username=bot", "-D", data)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -F"
        _run(programs / "pg_ctl", "start", "-w", "-D", data, "-o", options, "-l", data / "log")
        try:
            yield PostgresServer(port)
        finally:
            _run(programs / "pg_ctl", "stop", "-m", "immediate", "-D", data)


def _run(*command: str | Path) -> None:
    subprocess.run(  # noqa: S603
        command, user=USER, cwd="/", check=True, stdout=subprocess.DEVNULL
    )
