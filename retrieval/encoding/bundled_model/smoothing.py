"""How far the inputs of the first feed-forward matrices reach, so that 8 bits can hold them.

A text's activations are quantised with one scale, and in these inputs a few channels reach ten
times as far as the others, which then fall between two steps. So each channel is divided by a
factor and its row of the matrix multiplied by it: the product is the same, and both sides are
even enough (Xiao et al., "SmoothQuant", ICML 2023).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

_ALPHA = 0.5  # the share of the difficulty that moves from the activations to the weights
_LEAST = 1e-5


@dataclass(frozen=True)
class Smoothing:
    """The largest magnitude seen of each channel, float32 of shape (layers, hidden)."""

    largest: NDArray[np.float32]

    @classmethod
    def load(cls) -> Smoothing:
        """Read what `python -m benchmarks.smoothing` measured of the bundled encoder."""
        data = (files("retrieval.encoding.bundled_model") / "smoothing.npy").read_bytes()
        return cls(np.load(BytesIO(data), allow_pickle=False))

    @property
    def identity(self) -> str:
        """A hash that tells these factors from any other's."""
        return hashlib.sha256(f"{_ALPHA} ".encode() + self.largest.tobytes()).hexdigest()

    def factors(self, layer: int, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what to divide each channel by; `weights` has a row a channel."""
        reach = np.maximum(self.largest[layer], _LEAST)
        rows = np.maximum(np.abs(weights).max(axis=1), _LEAST)
        factors: NDArray[np.float32] = reach**_ALPHA / rows ** (1 - _ALPHA)
        return factors
