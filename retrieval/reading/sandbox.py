"""The sandbox: parses files in a separate process, which may hang or crash, under limits.

The process, the worker, knows no path, no token and no setting. It is sent the bytes of a file and
sends the document back. A worker that takes too long is killed, and the next file gets a new one.
It is not started by `multiprocessing`, which would import the main program's module in it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import Any

from retrieval.documents import Document
from retrieval.errors import CollectionError
from retrieval.refusals import Cause, UnreadableError
from retrieval.settings import Limits

_START_SECONDS = 120  # on a busy machine, or where modules are compiled for the first time
# The environment variables that the worker gets; none holds a secret.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "TESSDATA_PREFIX")


class Sandbox:
    """Parses files one after the other; only one thread may use it at a time."""

    def __init__(self, limits: Limits) -> None:
        """Store the limits; the worker starts when the first file is parsed."""
        self.limits = limits
        self._worker: _Worker | None = None

    def close(self) -> None:
        """End the worker."""
        self._end()

    def parse(self, name: str, data: bytes) -> Document:
        """Return the document that a file's bytes hold.

        Args:
            name: The document's name; its suffix tells the format.
            data: The file's bytes.

        Raises:
            UnreadableError: The bytes hold no text, or parsing them goes beyond the limits.
            CollectionError: The worker does not start.
        """
        self._worker = self._worker or _Worker.started(self.limits)
        began = monotonic()
        reply = self._worker.parsed(name, data, self.limits.parse_seconds)
        if reply is None:
            self._end()
            if monotonic() - began >= self.limits.parse_seconds:
                raise UnreadableError(Cause.SLOW, limit=str(self.limits.parse_seconds))
            raise UnreadableError(Cause.CRASH)
        if "cause" in reply:
            raise self._refusal(Cause[reply["cause"]], reply["details"])
        return self._checked(Document.from_record(reply["document"]))

    def _refusal(self, cause: Cause, details: dict[str, str]) -> UnreadableError:
        if cause is Cause.MEMORY:  # it may still hold memory that the next file needs
            self._end()
        return UnreadableError(cause, **details)

    def _checked(self, document: Document) -> Document:
        if len(document.text) > self.limits.max_file_mb * 10**6:
            raise UnreadableError(Cause.LONG, limit=str(self.limits.max_file_mb))
        return document

    def _end(self) -> None:
        if self._worker:
            self._worker.end()
        self._worker = None


class _Worker:
    """A running `python -m retrieval.reading.worker`."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("a worker speaks through pipes")
        self._process = process
        self._requests, self._replies = process.stdin, process.stdout

    @classmethod
    def started(cls, limits: Limits) -> _Worker:
        options = ("--seconds", limits.parse_seconds, "--memory-mb", limits.parse_memory_mb)
        without_ocr = () if limits.ocr else ("--no-ocr",)
        worker = cls(
            subprocess.Popen(  # noqa: S603
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "retrieval.reading.worker",
                    *map(str, options),
                    *without_ocr,
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(),
                start_new_session=True,  # Ctrl+C goes to the program alone, which ends its worker
            )
        )
        if worker._exchange(b"", _START_SECONDS) is None:
            worker.end()
            raise CollectionError(
                "The program that reads documents does not start; see the log, and install again."
            )
        return worker

    def parsed(self, name: str, data: bytes, seconds: float) -> dict[str, Any] | None:
        """Return the reply for a file; None where the worker crashed or was killed for time."""
        header = json.dumps({"name": name, "size": len(data)})
        return self._exchange(header.encode() + b"\n" + data, seconds)

    def end(self) -> None:
        """Kill the process if it still runs, and what it has started; wait until it is gone."""
        self._kill()
        self._process.communicate()

    def _kill(self) -> None:
        """Kill the process group that the worker leads; its number is free only after a wait."""
        if sys.platform == "win32":
            self._process.kill()
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _exchange(self, request: bytes, seconds: float) -> dict[str, Any] | None:
        clock = Timer(seconds, self._kill)
        clock.start()
        try:
            self._requests.write(request)
            self._requests.flush()
            line = self._replies.readline()
        except BrokenPipeError:
            return None
        finally:
            clock.cancel()
        reply: dict[str, Any] | None = json.loads(line) if line.endswith(b"\n") else None
        return reply


def _environment() -> dict[str, str]:
    passed = {key: value for key, value in os.environ.items() if key in _PASSED_ON}
    return {**passed, "PYTHONPATH": str(Path(__file__).parents[2])}
