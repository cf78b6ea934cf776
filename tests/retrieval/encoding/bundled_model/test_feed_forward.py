"""The feed-forward part: the same with idle neurons left out and large ones cut."""

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.bundled_model.activations import Activations
from retrieval.encoding.bundled_model.feed_forward import FeedForward

Array = NDArray[np.float32]

HIDDEN, NEURONS = 8, 48
RANDOM = np.random.default_rng(7)
PART = FeedForward(
    RANDOM.normal(size=(HIDDEN, NEURONS)).astype(np.float32),
    RANDOM.normal(size=NEURONS).astype(np.float32),
    RANDOM.normal(size=(NEURONS, HIDDEN)).astype(np.float32),
    np.arange(HIDDEN, dtype=np.float32),
    np.inf,
)


def seen(reach: Array, deviations: Array, means: Array | None = None) -> Activations:
    none = np.zeros((1, HIDDEN), np.float32)
    means = np.zeros(NEURONS, np.float32) if means is None else means
    ones = np.ones(1, np.float32)
    return Activations(none, none, none, reach[None], means[None], deviations[None], ones)


def output(part: FeedForward, x: Array) -> Array:
    """Compute the part with ReLU, each neuron cut at the part's reach."""
    wide = np.clip(x @ part.widening + part.wide_bias, 0, part.reach)
    return np.asarray(wide @ part.narrowing + part.bias)


def test_nothing_changes_where_all_neurons_are_alike() -> None:
    alike = np.full(NEURONS, 5, np.float32)
    part = PART.fitted(seen(alike, alike), 0)
    np.testing.assert_array_equal(part.widening, PART.widening)
    np.testing.assert_array_equal(part.narrowing, PART.narrowing)
    assert part.reach == 5


def test_a_neuron_that_goes_far_is_cut_into_parts_that_give_the_same_together() -> None:
    reach = np.full(NEURONS, 5, np.float32)
    reach[9] = 40
    part = PART.fitted(seen(reach, reach), 0)
    assert (part.reach, part.widening.shape[1]) == (5, NEURONS + 8)
    x = np.linalg.lstsq(PART.widening.T, np.eye(NEURONS)[9] * 40, rcond=None)[0]
    x *= 38 / (x @ PART.widening[:, 9])
    others = np.delete(np.arange(NEURONS), 9)
    quiet = FeedForward(PART.widening, PART.wide_bias.copy(), PART.narrowing, PART.bias, np.inf)
    quiet.wide_bias[others] = -1e3  # only the neuron in question is active
    found = quiet.fitted(seen(reach, reach), 0)
    np.testing.assert_allclose(output(found, x), output(quiet, x), atol=1e-3)


def test_idle_neurons_are_left_out_and_their_means_stay() -> None:
    deviations = np.ones(NEURONS, np.float32)
    deviations[:20] = 1e-6
    means = np.full(NEURONS, 0.5, np.float32)
    part = PART.fitted(seen(np.full(NEURONS, 5, np.float32), deviations, means), 0)
    assert part.widening.shape == (HIDDEN, 32)  # of 28 to be kept, as columns come in sixteens
    left_out = [n for n in range(20) if PART.narrowing[n] not in part.narrowing]
    expected = PART.bias + 0.5 * PART.narrowing[left_out].sum(axis=0)
    assert len(left_out) == 16
    np.testing.assert_allclose(part.bias, expected, rtol=1e-5)
