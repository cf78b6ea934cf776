"""An 8-bit product: 7-bit weights, the range of the inputs, smoothing that changes nothing."""

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.encoding.bundled_model.product import Product

Array = NDArray[np.float32]

WEIGHTS = np.random.default_rng(3).normal(size=(24, 16)).astype(np.float32)
BIAS = np.arange(16, dtype=np.float32)


def computed(product: Product, x: Array) -> Array:
    """Compute the product as the graph does."""
    if product.divisors is not None:
        x = x / product.divisors
    quantised = np.clip(np.rint(x / product.scale) + product.zero, 0, 255).astype(np.int32)
    sums = (quantised - product.zero) @ product.codes.astype(np.int32)
    return np.asarray(sums * product.scale * product.column_scales + product.bias)


def test_weights_have_seven_bits_and_every_column_uses_them() -> None:
    codes = Product.even(WEIGHTS, BIAS, 1).codes
    assert codes.dtype == np.int8
    np.testing.assert_array_equal(np.abs(codes).max(axis=0), 63)


def test_a_column_of_zeros_stays_one() -> None:
    product = Product.even(np.zeros((2, 1), np.float32), np.zeros(1, np.float32), 1)
    assert product.codes.tolist() == [[0], [0]]


def test_inputs_on_both_sides_of_zero() -> None:
    x = np.random.default_rng(4).uniform(-3, 3, (5, 24)).astype(np.float32)
    found = computed(Product.even(WEIGHTS, BIAS, 3), x)
    np.testing.assert_allclose(found, x @ WEIGHTS + BIAS, atol=0.4)


def test_inputs_that_hardly_go_below_zero_have_nearly_all_steps_above_it() -> None:
    product = Product.above(WEIGHTS, BIAS, -0.5, 9.5)
    assert product.zero == 13
    assert product.scale == pytest.approx(10 / 255)
    x = np.random.default_rng(5).uniform(-0.5, 9, (5, 24)).astype(np.float32)
    np.testing.assert_allclose(computed(product, x), x @ WEIGHTS + BIAS, atol=1.2)


def test_smoothing_keeps_small_channels_beside_a_large_one() -> None:
    reach = np.full(24, 0.5, np.float32)
    reach[7] = 100
    x = np.random.default_rng(6).uniform(-1, 1, (50, 24)).astype(np.float32) * reach
    expected = x @ WEIGHTS + BIAS
    smoothed = computed(Product.smoothed(WEIGHTS, BIAS, reach), x)
    plain = computed(Product.even(WEIGHTS, BIAS, 100), x)
    assert np.abs(smoothed - expected).max() < np.abs(plain - expected).max() / 2


def test_what_goes_too_far_is_cut() -> None:
    product = Product.even(np.ones((1, 1), np.float32), np.zeros(1, np.float32), 2)
    found = computed(product, np.array([[50.0]], np.float32))
    assert found.item() == pytest.approx(2.1, rel=0.01)
