"""A folder of the user's cache: written once, whole or not at all, and checked when asked for.

It is written beside its place under another name, reaches the disk, and only then gets its own.
The SHA-256 of every file lies with them: what was damaged since is written again.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from retrieval.storage import checksums_of, damaged, sync, sync_alone

_HASHES = "sha256.json"

log = logging.getLogger(__name__)


def kept_folder(folder: Path, write: Callable[[Path], None]) -> Path:
    """Return `folder`, which `write` fills where it is missing or damaged.

    Any number of threads and processes may ask at once; one of them writes. Raises OSError where
    the folder cannot be written, and what `write` raises.
    """
    if not _is_sound(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{folder.name}.lock")):
            if not _is_sound(folder):
                _fill(folder, write)
    return folder


def _is_sound(folder: Path) -> bool:
    """Return whether every file has the content it was written with."""
    try:
        hashes = json.loads((folder / _HASHES).read_text(encoding="utf-8"))
        return not damaged(folder, hashes)
    except (OSError, ValueError):
        return False


def _fill(folder: Path, write: Callable[[Path], None]) -> None:
    log.info("Writing %s; this happens once.", folder)
    partial = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir()
        write(partial)
        (partial / _HASHES).write_text(
            json.dumps(checksums_of(partial), indent=2), encoding="utf-8"
        )
        sync(partial)
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)
        sync_alone(folder.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
