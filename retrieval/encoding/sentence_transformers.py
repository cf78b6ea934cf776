"""Text to vectors: any sentence-transformers model, the bundled one unless another is named.

This module alone imports sentence-transformers, which takes seconds: import it where vectors are
needed, not before.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import numpy as np
from huggingface_hub import snapshot_download
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from torch import Tensor
from transformers.utils import logging as transformers_logging

from retrieval.encoding.bundled_model.files import model_folder
from retrieval.encoding.encoder import Encoded, Vectors
from retrieval.errors import EncoderError

# Passages differ in length, and a CPU gains nothing from wide batches: 32 take 2.4 times as long.
_BATCH = 4
_SMALLEST = 1e-12  # what a vector of zeros is divided by
_OTHER_BACKENDS = ["onnx/*", "openvino/*", "*.h5", "*.msgpack", "*.ot"]

log = logging.getLogger(__name__)


class TorchEncoder:
    """A sentence-transformers model with its own prompts; threads may share one."""

    def __init__(self, model: SentenceTransformer, identity: str) -> None:
        """Store a loaded model and the `identity` that its vectors are kept under.

        Two encoders of one identity give the same vectors.
        """
        dimension = model.get_embedding_dimension()
        if dimension is None:
            raise EncoderError("The encoder does not say how long its vectors are.")
        self._model = model
        self.identity = identity
        self.dimension = dimension

    @classmethod
    def load(cls, name: str = "") -> TorchEncoder:
        """Load the model of a folder or of the hub; the bundled one where `name` is empty.

        Nothing is fetched but a model of the hub. Raises EncoderError where none can be loaded.
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
            raise EncoderError(
                f"ENCODER={name} cannot be loaded ({reason}): name a model's folder or a model of "
                "the Hugging Face hub, or leave it empty for the bundled one."
            ) from error

    def encode_query(self, text: str) -> Encoded:
        """Encode a question, by itself."""
        return self._encode([text], "query")[0]

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode passages, several at a time, in the order of `texts`."""
        return self._encode(texts, "passage")

    def _encode(self, texts: Sequence[str], task: Literal["query", "passage"]) -> list[Encoded]:
        """Encode by the same pass both the texts and their tokens."""
        prompt = self._prompt(task)
        features: Any = self._model.encode(
            list(texts),
            prompt=prompt,
            batch_size=_BATCH,
            output_value=None,
            show_progress_bar=False,
        )
        return [
            self._encoded(prompt + text, len(prompt), seen)
            for text, seen in zip(texts, features, strict=True)
        ]

    def _encoded(self, prompted: str, skip: int, seen: Mapping[str, Tensor]) -> Encoded:
        vector = _numpy(seen["sentence_embedding"])
        vector /= max(float(np.linalg.norm(vector)), _SMALLEST)
        ends = self._token_ends(prompted)
        tokens = _token_vectors(seen)
        if tokens is None or len(tokens) != len(ends):  # no transformer: the text is one token
            return Encoded(vector, vector[np.newaxis], np.array([len(prompted) - skip], np.int32))
        own = ends > skip  # neither the prompt's tokens nor the special ones, which are empty
        return Encoded(vector, tokens[own], ends[own] - skip)

    def _token_ends(self, prompted: str) -> NDArray[np.int32]:
        """Return where each token ends; nothing where the tokenizer cannot tell."""
        tokenizer = self._model.tokenizer
        if not getattr(tokenizer, "is_fast", False):
            return np.zeros(0, dtype=np.int32)
        longest = self._model.max_seq_length
        found = tokenizer(
            prompted, truncation=True, max_length=longest, return_offsets_mapping=True
        )
        return np.array([end for _, end in found["offset_mapping"]], dtype=np.int32)

    def _prompt(self, task: Literal["query", "passage"]) -> str:
        """Return the model's prompt for a task under the first name that has one.

        sentence-transformers adds an empty "document" to a model that has "passage" alone.
        """
        names = ("query",) if task == "query" else ("document", "passage", "corpus")
        return next((p for name in names if (p := self._model.prompts.get(name))), "")


def _token_vectors(seen: Mapping[str, Tensor]) -> Vectors | None:
    """Return the vectors of a text's tokens, padding left out, if the model has such."""
    if "token_embeddings" not in seen or "attention_mask" not in seen:
        return None
    return _numpy(seen["token_embeddings"][seen["attention_mask"].bool()])


def _numpy(tensor: Tensor) -> Vectors:
    return tensor.detach().float().cpu().numpy()


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
