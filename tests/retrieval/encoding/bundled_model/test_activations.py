"""What was measured of the float32 model: its shapes, and that the identity follows the numbers."""

import numpy as np

from retrieval.encoding.bundled_model.activations import Activations
from tests.helpers.packed_file import tiny_activations


def test_what_ships_has_a_row_a_layer() -> None:
    seen = Activations.load()
    assert seen.attention.shape == seen.mixed.shape == seen.feed_forward.shape == (12, 384)
    assert seen.neurons.shape == seen.means.shape == seen.deviations.shape == (12, 1536)
    assert seen.sums.shape == (12,)
    assert {values.dtype for values in vars(seen).values()} == {np.dtype(np.float32)}


def test_a_few_channels_and_neurons_of_what_ships_reach_far() -> None:
    seen = Activations.load()
    for largest in (seen.feed_forward, seen.neurons[:-1]):
        assert (largest.max(axis=1) > 3 * np.median(largest, axis=1)).all()


def test_the_identity_follows_every_number() -> None:
    assert tiny_activations(1).identity == tiny_activations(1).identity
    assert tiny_activations(1).identity != tiny_activations(2).identity
