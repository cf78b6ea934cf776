"""Writes a collection into a database in a process that can be killed at a chosen moment.

    python -m tests.helpers.database_builder SEEDS INDEX URL MOMENT

A moment is one statement or COPY that is sent to the server. Before the one with the number
MOMENT, counted from 1, the process is killed by SIGKILL. With 0 it finishes, and prints how many
there were.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

import psycopg

from retrieval.library import Library
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.settings import RetrievalSettings
from tests.helpers.word_encoder import WordEncoder

T = TypeVar("T")


class Moments:
    """Counts what is sent, and ends the process at the last one."""

    def __init__(self, last: int) -> None:
        self.seen = 0
        self._last = last

    def counted(self, method: Callable[..., T]) -> Callable[..., T]:
        """Return a method of a cursor that counts its calls."""

        def counting(*args: object, **options: object) -> T:
            self.seen += 1
            if self.seen == self._last:
                os.kill(os.getpid(), signal.SIGKILL)
            return method(*args, **options)

        return counting


def main(seeds: str, index: str, url: str, moment: str) -> None:
    """Open the collection. Files are read in this process, which saves the start of another one."""
    moments, cursor = Moments(int(moment)), psycopg.Cursor
    settings = RetrievalSettings(seeds=Path(seeds), index=Path(index), collection_url=url)
    with (
        patch.object(cursor, "execute", moments.counted(cursor.execute)),
        patch.object(cursor, "copy", moments.counted(cursor.copy)),
        patch.object(Sandbox, "parse", lambda self, name, data: parse(name, data)),
    ):
        Library(settings, WordEncoder()).reopen()
    sys.stdout.write(str(moments.seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
