"""A matrix product in 8-bit integers whose scales are constants."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.bundled_model.smoothing import divisors

_LARGEST = 63  # the largest weight in 7 bits
_MARGIN = 1.05  # how much further inputs may go than was measured
_HALF, _WHOLE = 127, 255  # the largest signed and unsigned integer in 8 bits

_Array = NDArray[np.float32]


@dataclass(frozen=True)
class Product:
    """Inputs times `weights`, shape (inputs, outputs), plus `bias`, shape (outputs,).

    An input is divided by its divisor, where there are `divisors`, shape (inputs,), and becomes
    input / `scale` + `zero`, cut to 0 to 255.
    """

    weights: _Array
    bias: _Array
    scale: float
    zero: int
    divisors: _Array | None = None

    @classmethod
    def even(cls, weights: _Array, bias: _Array, reach: float) -> Product:
        """Return the product of inputs from -`reach` to `reach`."""
        return cls(weights, bias, _MARGIN * reach / _HALF, _HALF + 1)

    @classmethod
    def above(cls, weights: _Array, bias: _Array, least: float, reach: float) -> Product:
        """Return the product of inputs from `least`, which is below zero, to `reach`."""
        scale = (reach - least) / _WHOLE
        return cls(weights, bias, scale, int(np.ceil(-least / scale)))

    @classmethod
    def smoothed(cls, weights: _Array, bias: _Array, reach: _Array) -> Product:
        """Return the product of inputs with a reach of their own, shape (inputs,)."""
        by = divisors(reach, weights)
        scale = _MARGIN * float((reach / by).max()) / _HALF
        return cls(weights * by[:, np.newaxis], bias, scale, _HALF + 1, by)

    @property
    def column_scales(self) -> _Array:
        """The scale of each column of `codes`, shape (outputs,)."""
        largest = np.abs(self.weights).max(axis=0) / _LARGEST
        scales: _Array = np.maximum(largest, np.finfo(np.float32).tiny).astype(np.float32)
        return scales

    @property
    def codes(self) -> NDArray[np.int8]:
        """The weights in 7 bits, shape (inputs, outputs)."""
        codes: NDArray[np.int8] = np.rint(self.weights / self.column_scales).astype(np.int8)
        return codes
