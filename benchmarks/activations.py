"""Measures what passes through the bundled encoder's matrices.

    python -m benchmarks.activations

The float32 model encodes the texts that ship: the paragraphs of seeds/ and the everyday questions
of retrieval/language. The result is written to
retrieval/encoding/bundled_model/activations.npz, from which the int8 graph is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from retrieval.encoding.bundled_model.activations import Activations
from retrieval.encoding.bundled_model.files import model_folder
from retrieval.language.everyday_questions import LANGUAGES, everyday_questions

_ROOT = Path(__file__).parents[1]
_FILE = _ROOT / "retrieval" / "encoding" / "bundled_model" / "activations.npz"


@dataclass
class Inputs:
    """The inputs of one module: how many tokens were seen, and what they were, by channel."""

    count: int = 0
    largest: torch.Tensor = field(default_factory=lambda: torch.zeros(1))
    total: torch.Tensor = field(default_factory=lambda: torch.zeros(1))
    squares: torch.Tensor = field(default_factory=lambda: torch.zeros(1))

    def see(self, x: torch.Tensor) -> None:
        """Add the inputs of one text, shape (1, tokens, channels)."""
        x = x[0].double()
        self.count += len(x)
        self.largest = torch.maximum(self.largest, x.abs().amax(dim=0))
        self.total = self.total + x.sum(dim=0)
        self.squares = self.squares + (x * x).sum(dim=0)

    @property
    def mean(self) -> torch.Tensor:
        """The mean of each channel."""
        return self.total / self.count

    @property
    def variance(self) -> torch.Tensor:
        """The variance of each channel."""
        return (self.squares / self.count - self.mean**2).clamp(min=0)


def texts() -> Iterator[str]:
    """Return the texts with their prompts."""
    for language in LANGUAGES:
        yield from (f"query: {question}" for question in everyday_questions(language))
    for file in sorted((_ROOT / "seeds").glob("*.md")):
        paragraphs = file.read_text(encoding="utf-8").split("\n\n")
        yield from (f"passage: {paragraph}" for paragraph in paragraphs)


def measure(model: SentenceTransformer, seen: list[str]) -> Activations:
    """Return what passes through the model when it encodes `seen`."""
    layers: Any = model[0].auto_model.encoder.layer  # type: ignore[union-attr]
    attention = [_watched(layer.attention.self.query) for layer in layers]
    mixed = [_watched(layer.attention.output.dense) for layer in layers]
    feed_forward = [_watched(layer.intermediate.dense) for layer in layers]
    neurons = [_watched(layer.output.dense) for layer in layers]
    sums = [_watched(layer.output.LayerNorm) for layer in layers]
    # One text a batch, so that there is no padding.
    model.encode(seen, batch_size=1, show_progress_bar=False)
    return Activations(
        attention=_rows([inputs.largest for inputs in attention]),
        mixed=_rows([inputs.largest for inputs in mixed]),
        feed_forward=_rows([inputs.largest for inputs in feed_forward]),
        neurons=_rows([inputs.largest for inputs in neurons]),
        means=_rows([inputs.mean for inputs in neurons]),
        deviations=_rows([inputs.variance.sqrt() for inputs in neurons]),
        sums=_rows([inputs.variance.sum() for inputs in sums]),
    )


def _watched(module: Any) -> Inputs:  # noqa: ANN401 - a module of torch, whose parts have no types
    inputs = Inputs()
    see: Callable[[Any, tuple[torch.Tensor]], None] = lambda _, given: inputs.see(given[0])  # noqa: E731
    module.register_forward_pre_hook(see)
    return inputs


def _rows(layers: Sequence[torch.Tensor]) -> np.ndarray:
    return torch.stack(list(layers)).float().numpy()


if __name__ == "__main__":
    found = measure(SentenceTransformer(str(model_folder())), list(texts()))
    np.savez(_FILE, **vars(found))
    print(f"{_FILE}: {found.neurons.shape}, largest {found.neurons.max():.1f}")
