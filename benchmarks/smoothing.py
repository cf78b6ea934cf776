"""Measures the largest inputs of the encoder's first feed-forward matrices.

    python -m benchmarks.smoothing

The float32 model encodes the texts that ship: the paragraphs of seeds/ and the everyday questions
of retrieval/language. The result is written to retrieval/encoding/bundled_model/smoothing.npy, from
which the int8 graph is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from retrieval.encoding.bundled_model.files import model_folder
from retrieval.language.everyday_questions import LANGUAGES, everyday_questions

_ROOT = Path(__file__).parents[1]
_FILE = _ROOT / "retrieval" / "encoding" / "bundled_model" / "smoothing.npy"


def texts() -> Iterator[str]:
    """Return the texts with their prompts."""
    for language in LANGUAGES:
        yield from (f"query: {question}" for question in everyday_questions(language))
    for file in sorted((_ROOT / "seeds").glob("*.md")):
        paragraphs = file.read_text(encoding="utf-8").split("\n\n")
        yield from (f"passage: {paragraph}" for paragraph in paragraphs)


def measure(model: SentenceTransformer, seen: list[str]) -> torch.Tensor:
    """Return the largest magnitude of each channel, of shape (layers, hidden)."""
    layers: Any = model[0].auto_model.encoder.layer  # type: ignore[union-attr]
    largest = torch.zeros(len(layers), layers[0].intermediate.dense.in_features)

    def watch(number: int) -> Callable[[Any, tuple[torch.Tensor]], None]:
        def hook(_: Any, inputs: tuple[torch.Tensor]) -> None:  # noqa: ANN401
            reach = inputs[0].abs().amax(dim=(0, 1))
            largest[number] = torch.maximum(largest[number], reach)

        return hook

    for number, layer in enumerate(layers):
        layer.intermediate.dense.register_forward_pre_hook(watch(number))
    model.encode(
        seen, batch_size=1, show_progress_bar=False
    )  # one text a batch, so that there is no padding
    return largest


if __name__ == "__main__":
    found = measure(SentenceTransformer(str(model_folder())), list(texts()))
    np.save(_FILE, found.numpy())
    print(f"{_FILE}: {tuple(found.shape)}, largest {found.max():.1f}")
