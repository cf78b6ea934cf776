"""Vectors in few bits."""

import numpy as np
import pytest

from retrieval.encoding.encoder import Vectors
from retrieval.encoding.quantisation import BYTE, NIBBLE, Quantised, packed, unpacked


def random_vectors(dimension: int) -> Vectors:
    return np.random.default_rng(5).normal(size=(50, dimension)).astype(np.float32)


@pytest.mark.parametrize("largest", [BYTE, NIBBLE])
def test_a_vector_stays_within_half_a_step(largest: int) -> None:
    vectors = random_vectors(384)
    quantised = Quantised.of(vectors, largest)
    assert quantised.codes.dtype == np.int8
    steps = np.abs(vectors).max(axis=1, keepdims=True) / largest
    assert (np.abs(quantised.vectors() - vectors) <= steps * 0.5001).all()


def test_vectors_of_nothing_stay_nothing() -> None:
    assert Quantised.of(np.zeros((1, 2), np.float32)).vectors().tolist() == [[0, 0]]
    assert Quantised.of(np.zeros((0, 2), np.float32)).vectors().shape == (0, 2)


@pytest.mark.parametrize("dimension", [384, 7, 1])
def test_two_dimensions_share_a_byte(dimension: int) -> None:
    codes = Quantised.of(random_vectors(dimension), NIBBLE).codes
    joined = packed(codes)
    assert joined.shape == (50, (dimension + 1) // 2)
    assert unpacked(joined, dimension).tolist() == codes.tolist()
