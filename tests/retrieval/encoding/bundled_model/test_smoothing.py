"""Smoothing: the product stays, the channels' reach moves into the weights."""

import numpy as np

from retrieval.encoding.bundled_model.smoothing import divisors


def test_divisors_grow_with_the_reach_and_shrink_with_the_weights() -> None:
    weights = np.array([[1, -0.5], [1 / 32, 0.01]], dtype=np.float32)
    found = divisors(np.array([32, 32], np.float32), weights)
    np.testing.assert_allclose(found, [8, 32], rtol=1e-5)


def test_a_channel_that_was_never_seen_has_a_divisor() -> None:
    found = divisors(np.zeros(2, np.float32), np.zeros((2, 3), np.float32))
    np.testing.assert_allclose(found, [0.1, 0.1], rtol=1e-5)
