"""Text to vectors: any sentence-transformers model, the bundled one unless another is named.

This module alone imports sentence-transformers, which takes seconds: import it where vectors are
needed, not before.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from huggingface_hub import snapshot_download
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from retrieval.bundled import model_folder
from retrieval.documents import CollectionError

Vectors = NDArray[np.float32]

# Passages differ in length, and a CPU gains nothing from wide batches: 32 take 2.4 times as long.
_BATCH = 4
_OTHER_BACKENDS = ["onnx/*", "openvino/*", "*.h5", "*.msgpack", "*.ot"]

log = logging.getLogger(__name__)


class Encoder:
    """A sentence-transformers model with its own prompts; threads may share one."""

    def __init__(self, model: SentenceTransformer, identity: str) -> None:
        """Store a loaded model and the `identity` that its vectors are kept under.

        Two encoders of one identity give the same vectors.
        """
        dimension = model.get_embedding_dimension()
        if dimension is None:
            raise CollectionError("The encoder does not say how long its vectors are.")
        self._model = model
        self.identity = identity
        self.dimension = dimension

    @classmethod
    def load(cls, name: str = "") -> Encoder:
        """Load the model of a folder or of the hub; the bundled one where `name` is empty.

        Nothing is fetched but a model of the hub. Raises CollectionError where none can be loaded.
        """
        if not name:
            folder = model_folder()
            return cls(_loaded(folder), identity=folder.name)
        try:
            folder = Path(name).expanduser()
            if folder.is_dir():
                return cls(_loaded(folder), identity=_fingerprint(folder))
            folder = _fetched(name)
            return cls(_loaded(folder), identity=f"{name}@{folder.name}")
        except Exception as error:  # every architecture fails in its own ways
            log.debug("ENCODER=%s", name, exc_info=True)
            reason = str(error).partition("\n")[0].rstrip(".")
            raise CollectionError(
                f"ENCODER={name} cannot be loaded ({reason}): name a model's folder or a model of "
                "the Hugging Face hub, or leave it empty for the bundled one."
            ) from error

    def encode_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, float32 of shape (dimension,)."""
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return vector.astype(np.float32, copy=False)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of `texts`, float32 of shape (len(texts), dimension)."""
        vectors = self._model.encode_document(
            list(texts),
            prompt=self._passage_prompt,
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return vectors.astype(np.float32, copy=False).reshape(len(texts), self.dimension)

    @property
    def _passage_prompt(self) -> str | None:
        """The prompt for passages under the first name it is found.

        `encode_document` takes "document" even where it is empty, which sentence-transformers
        makes it in every model that has a "passage" prompt alone.
        """
        names = ("document", "passage", "corpus")
        return next((p for name in names if (p := self._model.prompts.get(name))), None)


def _fetched(name: str) -> Path:
    """Return the folder of a model of the hub, named for its commit; from the cache if offline."""
    repository = name if "/" in name else f"sentence-transformers/{name}"
    return Path(snapshot_download(repository, ignore_patterns=_OTHER_BACKENDS))


def _loaded(folder: Path) -> SentenceTransformer:
    with _no_bars():
        return SentenceTransformer(str(folder), local_files_only=True)


@contextmanager
def _no_bars() -> Iterator[None]:
    """Keep transformers from counting tensors on the user's screen."""
    shown = transformers_logging.is_progress_bar_enabled()
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            transformers_logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def _fingerprint(folder: Path) -> str:
    """Return a hash of the files in `folder`, wherever it lies."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
