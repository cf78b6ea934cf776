"""The SHA-256 of every file of a folder, and the folder's way to the disk.

What is written once and read often carries its hashes: a truncated file or a flipped bit is found
when it is opened, not in an answer. Large files cost a second a gigabyte or two. One that is too
large for that lies beside its own sums, `x.npy` beside `x.sums.npy`: whoever reads it compares
what is read with them, and they have a hash as any file has.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def checksums_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256, in hex, of each file below `folder` by its path below it, sorted.

    Those with sums of their own are left out. Raises OSError where one cannot be read.
    """
    paths = (path for path in folder.rglob("*") if path.is_file() and not _has_sums(path))
    names = sorted(path.relative_to(folder).as_posix() for path in paths)
    return {name: _hash(folder / name) for name in names}


def damaged(folder: Path, known: Mapping[str, str]) -> list[str]:
    """Return which files of `known` are missing from `folder` or not what they were."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # hashlib lets go of the interpreter
        sound = pool.map(lambda name: _is(folder / name, known[name]), known)
        return [name for name, same in zip(known, sound, strict=True) if not same]


def sync(folder: Path) -> None:
    """Wait until all files and folders below `folder`, and itself, are on the disk."""
    for path in folder.rglob("*"):
        sync_alone(path)
    sync_alone(folder)


def sync_alone(path: Path) -> None:
    """Wait until a file's content, or a folder's list of names, is on the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows syncs no folder, and files only where they are open for writing
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _has_sums(path: Path) -> bool:
    return path.with_suffix(f".sums{path.suffix}").exists()


def _is(path: Path, checksum: str) -> bool:
    try:
        return _hash(path) == checksum
    except OSError:
        return False


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
