"""The sandbox: reads files in a separate process, which may hang or crash, under limits.

The process, the worker, knows no path, no token and no setting. It is sent the bytes of a file and
sends the document back, or pictures of its pages. A worker that takes too long is killed, and the
next file gets a new one.
It is not started by `multiprocessing`, which would import the main program's module in it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from base64 import b64decode
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from time import monotonic
from typing import Any, ClassVar

from retrieval.documents import Document
from retrieval.errors import CollectionError
from retrieval.page_pictures import PagePicture, QuotedWords
from retrieval.refusals import Cause, UnreadableError
from retrieval.settings import Limits

_START_SECONDS = 120  # on a busy machine, or where modules are compiled for the first time
# The environment variables that the worker gets; none holds a secret.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TESSDATA_PREFIX")


class _Process:
    """A worker that is started when it is needed; only one thread may use it at a time."""

    options: ClassVar[tuple[str, ...]] = ()

    def __init__(self, limits: Limits) -> None:
        """Store the limits; the worker starts with the first file."""
        self.limits = limits
        self._worker: _Worker | None = None

    def close(self) -> None:
        """End the worker."""
        self._end()

    def _reply(self, data: bytes, **request: object) -> dict[str, Any]:
        """Return the worker's reply; raises UnreadableError where it is a refusal or none."""
        self._worker = self._worker or _Worker.started(self.limits, self.options)
        began = monotonic()
        reply = self._worker.reply(request, data, self.limits.parse_seconds)
        if reply is None:
            self._end()
            if monotonic() - began >= self.limits.parse_seconds:
                raise UnreadableError(Cause.SLOW, limit=str(self.limits.parse_seconds))
            raise UnreadableError(Cause.CRASH)
        if "cause" in reply:
            raise self._refusal(Cause[reply["cause"]], reply["details"])
        return reply

    def _refusal(self, cause: Cause, details: dict[str, str]) -> UnreadableError:
        if cause is Cause.MEMORY:  # it may still hold memory that the next file needs
            self._end()
        return UnreadableError(cause, **details)

    def _end(self) -> None:
        if self._worker:
            self._worker.end()
        self._worker = None


class Sandbox(_Process):
    """Parses files one after the other; only one thread may use it at a time."""

    def parse(self, name: str, data: bytes) -> Document:
        """Return the document that a file's bytes hold.

        Args:
            name: The document's name; its suffix tells the format.
            data: The file's bytes.

        Raises:
            UnreadableError: The bytes hold no text, or parsing them goes beyond the limits.
            CollectionError: The worker does not start.
        """
        document = Document.from_record(self._reply(data, name=name)["document"])
        if len(document.text) > self.limits.max_file_mb * 10**6:
            raise UnreadableError(Cause.LONG, limit=str(self.limits.max_file_mb))
        return document


class DrawingSandbox(_Process):
    """Draws pages of files; its worker starts in a fraction of the time that a parser takes."""

    options = ("--draw",)

    def draw(self, name: str, data: bytes, words: QuotedWords) -> tuple[PagePicture, ...]:
        """Return pictures of the pages that the words stand on.

        Args:
            name: The document's name; its suffix tells the format.
            data: The file's bytes.
            words: What is marked where its place on the pages is certain.

        Raises:
            UnreadableError: The file is damaged, or drawing goes beyond the limits.
            CollectionError: The worker does not start.
        """
        reply = self._reply(data, name=name, words=words.to_record())
        return tuple(
            PagePicture(**{**one, "jpeg": b64decode(one["jpeg"])}) for one in reply["pictures"]
        )


class _Worker:
    """A running `python -m retrieval.reading.worker`, and the folder of its temporary files."""

    def __init__(self, process: subprocess.Popen[bytes], folder: TemporaryDirectory[str]) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("a worker speaks through pipes")
        self._process, self._folder = process, folder
        self._requests, self._replies = process.stdin, process.stdout

    @classmethod
    def started(cls, limits: Limits, more: tuple[str, ...]) -> _Worker:
        folder = TemporaryDirectory(prefix="trichdan-reading-", ignore_cleanup_errors=True)
        options = (*more, "--seconds", limits.parse_seconds, "--memory-mb", limits.parse_memory_mb)
        options += () if limits.ocr else ("--no-ocr",)
        worker = cls(
            subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-m", "retrieval.reading.worker", *map(str, options)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**worker_environment(), "TMPDIR": folder.name},
                start_new_session=True,  # Ctrl+C goes to the program alone, which ends its worker
            ),
            folder,
        )
        if worker._exchange(b"", _START_SECONDS) is None:
            worker.end()
            raise CollectionError(
                "The program that reads documents does not start; see the log, and install again."
            )
        return worker

    def reply(
        self, request: dict[str, object], data: bytes, seconds: float
    ) -> dict[str, Any] | None:
        """Return the reply for a file; None where the worker crashed or was killed for time."""
        header = json.dumps({**request, "size": len(data)})
        return self._exchange(header.encode() + b"\n" + data, seconds)

    def end(self) -> None:
        """Kill the process if it still runs, wait until it is gone, and remove its files."""
        self._kill()
        self._process.communicate()
        self._folder.cleanup()

    def _kill(self) -> None:
        """Kill the process and those that it has started, which are in its group."""
        if sys.platform == "win32":
            self._process.kill()
        else:
            with suppress(ProcessLookupError, PermissionError):
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


def worker_environment() -> dict[str, str]:
    """Return the environment of a process that reads what may be hostile: without any secret."""
    passed = {key: value for key, value in os.environ.items() if key in _PASSED_ON}
    return {**passed, "PYTHONPATH": str(Path(__file__).parents[2])}
