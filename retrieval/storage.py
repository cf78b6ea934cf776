"""Files and folders that are written whole or not at all, and the checksums that prove it later.

A file or a folder is written under another name beside its place. Once all of it has reached the
disk, one rename gives it its own name. A process that dies in between, or a machine that loses its
power, leaves the older file as it was. An older folder is removed just before the rename, so it
leaves that one or none.

What is written once and read often carries its SHA-256 checksums: a truncated file or a flipped
bit is found when it is opened, not in an answer. Hashing takes about a second for one or two
gigabytes. A file that is too large for that lies beside checksums of its parts: `x.npy` beside
`x.sums.npy`. Its reader compares each part that it reads, and the file of sums has a checksum.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

PARTIAL = ".partial"  # ends the name of a folder that is not finished
# One name for all files of a folder, so that the next write replaces what a dead process left.
# It is hidden: no build reads it where it lies among documents.
_PARTIAL_FILE = ".unfinished"
_CHECKSUMS = "sha256.json"

log = logging.getLogger(__name__)


def write_file(path: Path, data: bytes) -> None:
    """Write a file in one step, in place of an older one.

    Only one process may write into a folder at a time. Raises OSError, and then leaves the older
    file as it was.
    """
    partial = path.with_name(_PARTIAL_FILE)
    try:
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise
    _sync(path.parent)


def write_folder(folder: Path, fill: Callable[[Path], object]) -> None:
    """Let `fill` write a folder's content, then give the folder its name in one step.

    An older folder of this name is removed just before that. Only one process may write a folder
    at a time. `fill` must close all files: Windows renames no folder with an open file in it.
    Raises OSError and what `fill` raises.
    """
    partial = folder.with_name(folder.name + PARTIAL)
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir()
        fill(partial)
        sync(partial)
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    _sync(folder.parent)


def cache_folder() -> Path:
    """Return this program's folder in the user's cache, which need not exist yet."""
    return user_cache_path("trichdan", appauthor=False)


def cached_folder(folder: Path, fill: Callable[[Path], object]) -> Path:
    """Return `folder`, written by `fill` if it is missing or if any of its files is damaged.

    The checksums lie in the folder. Any number of threads and processes may ask at once; one of
    them writes. Raises OSError where the folder cannot be written, and what `fill` raises.
    """

    def fill_with_checksums(partial: Path) -> None:
        fill(partial)
        checksums = json.dumps(checksums_of(partial), indent=2)
        (partial / _CHECKSUMS).write_text(checksums, encoding="utf-8")

    if not _is_sound(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{folder.name}.lock")):
            if not _is_sound(folder):  # another process may have written it meanwhile
                log.info("Writing %s; this happens once.", folder)
                write_folder(folder, fill_with_checksums)
    return folder


def checksums_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256, in hex, of each file below `folder` by its path below it, sorted.

    Files that have a file of sums beside them are left out. Raises OSError where a file cannot be
    read.
    """
    paths = (path for path in folder.rglob("*") if path.is_file() and not _has_sums(path))
    names = sorted(path.relative_to(folder).as_posix() for path in paths)
    return {name: _checksum(folder / name) for name in names}


def damaged(folder: Path, checksums: Mapping[str, str]) -> list[str]:
    """Return the names in `checksums` whose files below `folder` are missing or have changed."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # hashlib releases the interpreter's lock
        sound = pool.map(lambda name: _has_checksum(folder / name, checksums[name]), checksums)
        return [name for name, is_sound in zip(checksums, sound, strict=True) if not is_sound]


def sync(folder: Path) -> None:
    """Wait until `folder` and all files and folders below it are on the disk; raises OSError."""
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    """Wait until a file's content, or a folder's list of names, is on the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows syncs no folder, and a file only where it is open for writing
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_sound(folder: Path) -> bool:
    """Tell whether every file of a cached folder has the content it was written with."""
    try:
        checksums = json.loads((folder / _CHECKSUMS).read_text(encoding="utf-8"))
        return not damaged(folder, checksums)
    except (OSError, ValueError):
        return False


def _has_sums(path: Path) -> bool:
    return path.with_suffix(f".sums{path.suffix}").exists()


def _has_checksum(path: Path, checksum: str) -> bool:
    try:
        return _checksum(path) == checksum
    except OSError:
        return False


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
