"""Smoothing: factors that make the inputs of the first feed-forward matrices fit into 8 bits.

A text's activations are quantised with one scale. In these inputs a few channels are ten times as
large as the others, of which too little would be left. So each channel is divided by a factor, and
its row of the matrix is multiplied by the same factor. The product does not change, and both sides
are even enough to be quantised (Xiao et al., "SmoothQuant", ICML 2023).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

_ALPHA = 0.5  # SmoothQuant's share of the difficulty that moves from activations to weights
_LEAST = 1e-5


@dataclass(frozen=True)
class Smoothing:
    """The largest magnitude measured in each channel, float32 of shape (layers, hidden)."""

    largest: NDArray[np.float32]

    @classmethod
    def load(cls) -> Smoothing:
        """Read what `python -m benchmarks.smoothing` measured with the bundled encoder."""
        data = (files("retrieval.encoding.bundled_model") / "smoothing.npy").read_bytes()
        return cls(np.load(BytesIO(data), allow_pickle=False))

    @property
    def identity(self) -> str:
        """A hash of everything that the factors depend on but the weights."""
        return hashlib.sha256(f"{_ALPHA} ".encode() + self.largest.tobytes()).hexdigest()

    def factors(self, layer: int, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the divisor of each channel, shape (hidden,); `weights` has a row a channel."""
        reach = np.maximum(self.largest[layer], _LEAST)
        rows = np.maximum(np.abs(weights).max(axis=1), _LEAST)
        factors: NDArray[np.float32] = reach**_ALPHA / rows ** (1 - _ALPHA)
        return factors
