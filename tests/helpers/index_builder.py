"""Builds an index in a process that can be killed at a chosen moment of the build.

    python -m tests.helpers.index_builder SEEDS INDEX MOMENT [SMALLEST]

A moment is one use of the index's folder: a file is opened, created, renamed or removed. At the
moment with the number MOMENT, counted from 1, the process is killed by SIGKILL. With 0 it finishes,
and prints what it did as JSON. An index of at least SMALLEST passages is not built again as a
whole where little has changed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from unittest.mock import patch

from retrieval.collection import increment
from retrieval.collection.collection import Collection
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.settings import RetrievalSettings
from tests.helpers.word_encoder import WordEncoder

_USES = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "sqlite3.connect")


class Moments:
    """An audit hook that counts the uses of a folder and ends the process at the last one."""

    def __init__(self, folder: str, last: int) -> None:
        self.seen = 0
        self._folder = folder
        self._last = last

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in _USES and str(arguments[0]).startswith(self._folder):
            self.seen += 1
            if self.seen == self._last:
                os.kill(os.getpid(), signal.SIGKILL)


def main(seeds: str, index: str, moment: str, smallest: str = "5000") -> None:
    """Open the collection. Files are read in this process, which saves the start of another one."""
    moments = Moments(index, int(moment))
    sys.addaudithook(moments)
    settings = RetrievalSettings(seeds=Path(seeds), index=Path(index))
    encoder = WordEncoder()
    with (
        patch.object(Sandbox, "parse", lambda self, name, data: parse(name, data)),
        patch.object(increment, "_SMALLEST", int(smallest)),
    ):
        library = Collection.open(settings, encoder)
    told = {"built": library.built, "moments": moments.seen, "encoded": encoder.encoded}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
