"""Smoothing: the product stays, the channels' reach moves into the weights."""

import numpy as np

from retrieval.encoding.bundled_model.smoothing import Smoothing


def test_factors_are_the_roots_of_reach_over_weights() -> None:
    smoothing = Smoothing(np.array([[4, 9], [1, 1]], dtype=np.float32))
    weights = np.array([[1, -0.5], [0.25, 0.1]], dtype=np.float32)
    np.testing.assert_allclose(smoothing.factors(0, weights), [2, 6])


def test_a_channel_that_was_never_seen_has_a_factor() -> None:
    smoothing = Smoothing(np.zeros((1, 2), dtype=np.float32))
    factors = smoothing.factors(0, np.zeros((2, 3), dtype=np.float32))
    np.testing.assert_allclose(factors, [1, 1])


def test_what_ships_has_a_row_a_layer_and_a_few_channels_that_reach_far() -> None:
    largest = Smoothing.load().largest
    assert largest.shape == (12, 384)
    assert (largest.max(axis=1) > 4 * np.median(largest, axis=1)).all()


def test_the_identity_follows_the_numbers() -> None:
    one, other = (Smoothing(np.full((1, 2), x, dtype=np.float32)) for x in (1, 2))
    assert one.identity == Smoothing(one.largest.copy()).identity != other.identity
