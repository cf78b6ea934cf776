"""A feed-forward part, made ready for 8 bits: idle neurons left out, the largest ones cut.

In the last layer three of four neurons give nearly the same for every text. Neurons that together
have less than a hundred-thousandth of the variance of the sum that they go into are left out. Their
means are added to the bias.

In most layers one to three neurons reach ten times as far as the others, of which one scale for all
would leave too little. Such a neuron is cut into parts. Part k has the neuron's weights and a bias
that is smaller by k reaches, so that it gives what the neuron has above k reaches, and quantising
cuts it at one reach. The idea of more neurons in place of a large one is that of Zhao et al.,
"Improving Neural Network Quantization without Retraining using Outlier Channel Splitting", ICML
2019.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.bundled_model.activations import Activations

_IDLE = 1e-5  # of the variance of the sum
_REACH = 5.0  # GELU goes no further than this in most neurons
_MARGIN = 1.1  # how much further a neuron may go than was measured
_ALIGNED = 16  # the runtime multiplies this many columns at a time

_Array = NDArray[np.float32]


@dataclass(frozen=True)
class FeedForward:
    """Two matrices, shapes (hidden, neurons) and (neurons, hidden), each with a bias.

    `reach` is how far a neuron may go. What goes further is cut there.
    """

    widening: _Array
    wide_bias: _Array
    narrowing: _Array
    bias: _Array
    reach: float

    def fitted(self, seen: Activations, layer: int) -> FeedForward:
        """Return what does nearly the same within `_REACH`, with fewer neurons if some are idle."""
        parts = _parts(seen.neurons[layer])
        powers = (seen.deviations[layer] ** 2) * (self.narrowing**2).sum(axis=1)
        kept, idle = _split(powers, _IDLE * float(seen.sums[layer]), int(parts.sum()))
        parts = parts[kept]
        steps = np.float32(_REACH) * np.concatenate([np.arange(n, dtype=np.float32) for n in parts])
        chosen = np.repeat(kept, parts)
        return FeedForward(
            self.widening[:, chosen],
            self.wide_bias[chosen] - steps,
            self.narrowing[chosen],
            self.bias + seen.means[layer][idle] @ self.narrowing[idle],
            min(_REACH, float(seen.neurons[layer][kept].max())),
        )


def _parts(reach: _Array) -> NDArray[np.int64]:
    """Return into how many parts each neuron is cut."""
    parts = np.ceil(reach * _MARGIN / _REACH).astype(np.int64)
    return np.where(reach > _REACH, parts, 1)


def _split(
    powers: _Array, allowed: float, total: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which neurons are kept, and which are idle: the weakest, up to `allowed` together.

    A few idle ones may be kept, so that of `total` columns a multiple of `_ALIGNED` stays.
    """
    order = np.argsort(powers, kind="stable")
    count = int(np.searchsorted(np.cumsum(powers[order]), allowed))
    count = max(0, count - (count - total) % _ALIGNED)
    return np.sort(order[count:]), np.sort(order[:count])
