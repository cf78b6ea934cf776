"""Runs `python -m bot` as users do: in a process of its own that a signal ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.helpers.paths import ROOT

SECONDS_TO_START = 180  # the first process has to build an index
SECONDS_TO_END = 30

# Left out is what takes long to load and is tested elsewhere.
WITHOUT_MODEL = """
import sys, types
from tests.helpers.samples import FakeRetriever
stand_in = types.ModuleType("retrieval.library")
stand_in.Library = types.SimpleNamespace(open=lambda settings, divisions: FakeRetriever())
sys.modules["retrieval.library"] = stand_in
from bot.__main__ import main
sys.exit(main([]))
"""


class BotProcess:
    """The bot with the settings in `environment`; its output is written to `log`."""

    def __init__(
        self, environment: dict[str, str], log: Path, arguments: tuple[str, ...] = ("-m", "bot")
    ) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.environment = kept | environment
        self.log = log
        self._command = [sys.executable, *arguments]
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        with self.log.open("a") as errors:
            self._process = subprocess.Popen(  # noqa: S603
                self._command,
                cwd=ROOT,
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def line(self) -> str:
        """Return the next line that it prints."""
        assert self._process is not None
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def end(self) -> int:
        """Ask the bot to end, and return its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self.exit_code()

    def exit_code(self) -> int:
        """Wait for the end of the process, and return its exit code."""
        assert self._process is not None
        self._process.communicate(timeout=SECONDS_TO_END)
        return self._process.returncode

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        if self._process and self._process.stdout:
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()


@contextmanager
def running(environment: dict[str, str], log: Path, *command: str) -> Iterator[BotProcess]:
    """Run the bot. Unless a test has ended it, it must end with exit code 0 when asked to."""
    process = BotProcess(environment, log, ("-m", "bot", *command))
    process.start()
    try:
        yield process
        assert not process.runs or process.end() == 0, log.read_text()
    finally:
        process.kill()


def free_address() -> str:
    """Return a loopback host:port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"
