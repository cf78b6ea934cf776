"""Smoothing: divisors that make the inputs of a matrix even enough for 8 bits.

Inputs are quantised with one scale for all channels. A few channels are ten times as large as the
others, of which too little would be left. So each channel is divided by a number, and its row of
the matrix is multiplied by the same number. The product does not change, and both sides are even
enough to be quantised (Xiao et al., "SmoothQuant", ICML 2023).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_ALPHA = 0.6  # the share of the difficulty that moves from activations to weights
_LEAST = 1e-5


def divisors(reach: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the divisor of each channel, shape (channels,).

    Args:
        reach: The largest magnitude of each channel, shape (channels,).
        weights: The matrix, a row a channel.
    """
    rows = np.maximum(np.abs(weights).max(axis=1), _LEAST)
    found: NDArray[np.float32] = np.maximum(reach, _LEAST) ** _ALPHA / rows ** (1 - _ALPHA)
    return found
