"""Where indexes lie on disk, and how a new one takes the old one's place in one step.

    INDEX_DIR/
        current         the name of the live index, a line of text
        2f6c…/          an index, complete from the moment it has this name
        vectors.sqlite  the vector cache, shared by all builds
        lock            held while one process builds

A build is written to a temporary folder and renamed; then `current` is replaced by a rename,
which the file system does in one step. All of it has reached the disk by then: whoever dies in
between, or loses its power, leaves the old index live. What it leaves else goes at the next build.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import CollectionError
from retrieval.storage import sync, sync_alone

_TEMPORARY = "building-"
_INDEX = re.compile(r"[0-9a-f]{32}")
_OURS = re.compile(rf"(?:{_TEMPORARY})?{_INDEX.pattern}")

log = logging.getLogger(__name__)


class IndexFolder:
    """The folder INDEX_DIR names: one live index, and room to build the next."""

    def __init__(self, path: Path) -> None:
        """Store the folder's path; nothing is created before something is written."""
        self.path = path

    @property
    def vectors(self) -> Path:
        """The vector cache's file."""
        return self.path / "vectors.sqlite"

    def live(self) -> Path | None:
        """Return the live index's folder, or None where there is none; told where it is lost."""
        folder = self._pointed_to()
        if folder is None and self._pointer.exists():
            log.warning("%s names no index; one will be built", self._pointer)
        return folder

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder, made where it is missing, waiting for another process to end its build.

        Raises CollectionError where the folder cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / "lock")
            _acquire(lock)
        except OSError as error:
            raise self.unwritable(error) from error
        try:
            yield
        finally:
            lock.release()

    def replace(self, write: Callable[[Path], None]) -> Path:
        """Let `write` fill a new folder, make it the live index and remove all older ones."""
        self._remove_all_but(self._pointed_to())  # first, or builds that die would fill the disk
        name = uuid.uuid4().hex
        temporary = self.path / f"{_TEMPORARY}{name}"
        try:
            temporary.mkdir()
            write(temporary)
            sync(temporary)
            final = temporary.rename(self.path / name)
            sync_alone(self.path)
            self._point_to(final)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        self._remove_all_but(final)
        return final

    def unwritable(self, error: Exception) -> CollectionError:
        """Return what to say where `error` kept the folder from being written."""
        return CollectionError(
            f"Cannot write to INDEX_DIR={self.path}: {error}; make room, or name another folder."
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

    def _point_to(self, folder: Path) -> None:
        pointer = self.path / "current.new"
        pointer.write_text(folder.name, encoding="utf-8")
        sync_alone(pointer)
        os.replace(pointer, self._pointer)
        sync_alone(self.path)

    def _remove_all_but(self, live: Path | None) -> None:
        """Remove older indexes and what stopped builds have left; other folders are not ours."""
        for folder in self.path.iterdir():
            if _OURS.fullmatch(folder.name) and folder != live:
                shutil.rmtree(folder, ignore_errors=True)


def _acquire(lock: FileLock) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        log.warning("Waiting for another process that holds %s", lock.lock_file)
        lock.acquire()
