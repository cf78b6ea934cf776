"""Watches the documents' folder, and tells of changes once the files have stopped changing.

The system says that something has changed; what has changed is told by looking at the files. A file
whose size or time still changes is being written. It is waited for, up to `PATIENCE`, so that a
burst of changes is told once. Then the others are told without it.

Some file systems report no changes, such as network shares and folders of another machine that are
mounted into a container. So the files are looked at every `LOOK` seconds as well.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from watchfiles import awatch

from retrieval.reading.file import document_name
from retrieval.reading.folder import visible_files

# All in seconds.
LOOK = 20.0
SETTLED = 2.0  # without a change, after which a file counts as written
PATIENCE = 20.0  # with a file that is still being written, before the others are told

State = Mapping[str, tuple[int, int, int]]
"""The size, the time of the last change and the number of each file, by its document's name."""

for _library in ("watchfiles", "watchfiles.main"):  # they log every change, by its path
    logging.getLogger(_library).setLevel(logging.WARNING)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """What the files of a folder are like; `unfinished` names those that change between looks."""

    folder: Path
    state: State
    unfinished: frozenset[str] = frozenset()

    @classmethod
    async def at(cls, folder: Path) -> Look:
        """Look at a folder for the first time."""
        return cls(folder, await asyncio.to_thread(state_of, folder))

    async def settled(self) -> Look:
        """Look again until no file changes any more, or until `PATIENCE` is over."""
        look, began = self, monotonic()
        while True:
            await asyncio.sleep(SETTLED)
            look = await look._again()
            if not look.unfinished or monotonic() - began >= PATIENCE:
                return look

    @property
    def written(self) -> State:
        """The files that do not change any more."""
        return {name: one for name, one in self.state.items() if name not in self.unfinished}

    async def _again(self) -> Look:
        state = await asyncio.to_thread(state_of, self.folder)
        changed = (name for name, one in state.items() if one != self.state.get(name))
        return Look(self.folder, state, frozenset(changed))


@dataclass(frozen=True, slots=True)
class FolderWatch:
    """Watches `folder`, and all folders below it."""

    folder: Path

    async def changes(self) -> AsyncGenerator[frozenset[str]]:
        """Tell of changes, once at the beginning and then after every burst of them.

        Yields:
            The names of the documents whose files are still being written.
        """
        told: State | None = None
        async with aclosing(self._stirrings()) as stirrings:
            async for _ in stirrings:
                look = await Look.at(self.folder)
                if look.state != told:
                    look = await look.settled()
                if look.written != told:
                    told = look.written
                    yield look.unfinished

    async def _stirrings(self) -> AsyncGenerator[None]:
        """Yield at once, then whenever something may have changed, every `LOOK` at the latest."""
        yield
        while True:
            noticed = awatch(
                self.folder,
                watch_filter=None,
                rust_timeout=int(LOOK * 1000),
                yield_on_timeout=True,
                ignore_permission_denied=True,
            )
            try:
                async with aclosing(noticed):
                    async for _ in noticed:
                        yield
            except (OSError, RuntimeError) as error:  # the second is the library's own
                # The folder is gone, or the system watches no more files for this user.
                log.debug("%s cannot be watched, only looked at: %s", self.folder, error)
            await asyncio.sleep(LOOK)
            yield


def state_of(folder: Path) -> State:
    """Look at the files of a folder that are meant to be read; blocks."""
    state = {}
    for path in visible_files(folder):
        with suppress(OSError):  # removed since its name was read
            found = path.stat()
            state[document_name(path, folder)] = (found.st_size, found.st_mtime_ns, found.st_ino)
    return state
