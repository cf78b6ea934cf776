"""INDEX_DIR on disk: the live index, and how a new one takes its place in one step.

    INDEX_DIR/
        current         the name of the live index, a line of text
        2f6c…/          an index, complete from the moment it has this name
        vectors.sqlite  the vector cache, shared by all builds
        parsed.jsonl    what was parsed for an index that is not finished
        lock            held while one process builds
        collections/    where COLLECTIONS divides the documents: a folder for each collection, with
                        `current` and an index; they share the vector cache and the lock

`retrieval.storage` writes a new index whole or not at all, then `current` in the same way. A
process that dies in between, or a machine that loses its power, leaves the old index live. The
next build removes what else it left.
"""

from __future__ import annotations

import logging
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import CollectionError
from retrieval.settings import RetrievalSettings
from retrieval.storage import PARTIAL, write_file, write_folder

_INDEX = re.compile(r"[0-9a-f]{32}")
_OURS = re.compile(rf"{_INDEX.pattern}(?:{re.escape(PARTIAL)})?")

log = logging.getLogger(__name__)


class IndexFolder:
    """A folder with one live index, and room to build the next."""

    def __init__(self, path: Path, shared: Path | None = None) -> None:
        """Store the folder's path; nothing is created before something is written.

        Args:
            path: The folder.
            shared: The folder of the vector cache and the lock; the same one unless given.
        """
        self.path = path
        self._shared = shared or path

    @classmethod
    def of(cls, settings: RetrievalSettings) -> IndexFolder:
        """Return the folder that INDEX_DIR names, or a collection's own folder in it."""
        return cls(settings.own_index, settings.index)

    @property
    def vectors(self) -> Path:
        """The vector cache's file."""
        return self._shared / "vectors.sqlite"

    @property
    def parsed(self) -> Path:
        """The file that keeps what was parsed for an index that is not finished."""
        return self.path / "parsed.jsonl"

    def live(self) -> Path | None:
        """Return the live index's folder, None where there is none; log where it was lost."""
        folder = self._pointed_to()
        if folder is None and self._pointer.exists():
            log.warning("%s names no index; one will be built", self._pointer)
        return folder

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Create the folder where it is missing, and lock it; wait while another process builds.

        Raises CollectionError where the folder cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._shared / "lock")
            _acquire(lock)
        except OSError as error:
            raise self.unwritable(error) from error
        try:
            yield
        finally:
            lock.release()

    def replace(self, fill: Callable[[Path], object]) -> Path:
        """Let `fill` write an index, make it the live one and remove all older ones.

        Returns its folder. `fill` must close what it opens there. Raises OSError and what `fill`
        raises; the live index then stays.
        """
        self._remove_all_but(self._pointed_to())  # first, or dead builds would fill the disk
        live = self.path / uuid.uuid4().hex
        write_folder(live, fill)
        write_file(self._pointer, live.name.encode())
        self._remove_all_but(live)
        return live

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Lend a new folder for an index that is kept elsewhere; it is removed at the end.

        What dead builds left is removed too. Raises OSError.
        """
        self._remove_all_but(self._pointed_to())
        folder = self.path / f"{uuid.uuid4().hex}{PARTIAL}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def unwritable(self, error: Exception) -> CollectionError:
        """Return what to tell the user where `error` kept the folder from being written."""
        return CollectionError(
            f"Cannot write to INDEX_DIR={self._shared}: {error}; make room, or name another folder."
        )

    @property
    def _pointer(self) -> Path:
        return self.path / "current"

    def _pointed_to(self) -> Path | None:
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        folder = self.path / name
        return folder if _INDEX.fullmatch(name) and folder.is_dir() else None

    def _remove_all_but(self, live: Path | None) -> None:
        """Remove older indexes and what dead builds left; folders of other names stay."""
        for folder in self.path.iterdir():
            if _OURS.fullmatch(folder.name) and folder != live:
                shutil.rmtree(folder, ignore_errors=True)


def _acquire(lock: FileLock) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        log.warning("Waiting for another process that holds %s", lock.lock_file)
        lock.acquire()
