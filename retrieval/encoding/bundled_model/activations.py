"""What passes through the float32 model, measured once: from it come the int8 graph's constants.

`python -m benchmarks.activations` measures it on the texts that ship and writes activations.npz.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

_Array = NDArray[np.float32]


@dataclass(frozen=True)
class Activations:
    """One row a layer; all are float32.

    `attention`, `mixed` and `feed_forward`, of shape (layers, hidden), hold the largest magnitude
    of each channel before the matrix of queries, keys and values, before that of the attention's
    output, and before the first feed-forward matrix. `neurons`, of shape (layers, feed-forward),
    holds it before the second one, with the neurons' `means` and `deviations`. `sums`, of shape
    (layers,), is the variance of the sum to which the feed-forward output is added, over all its
    channels together.
    """

    attention: _Array
    mixed: _Array
    feed_forward: _Array
    neurons: _Array
    means: _Array
    deviations: _Array
    sums: _Array

    @classmethod
    def load(cls) -> Activations:
        """Read what was measured with the bundled encoder."""
        data = (files("retrieval.encoding.bundled_model") / "activations.npz").read_bytes()
        with np.load(BytesIO(data), allow_pickle=False) as stored:
            return cls(**{name: values.astype(np.float32) for name, values in stored.items()})

    @property
    def identity(self) -> str:
        """A hash of all numbers."""
        arrays = (getattr(self, field.name) for field in fields(self))
        return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()
