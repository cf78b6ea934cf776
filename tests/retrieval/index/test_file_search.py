"""Which passages an index in files finds for the words that they hold."""

import numpy as np
import pytest

from retrieval.index.file_search import largest


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([0, 3, 0, 1, 2], [1, 4]),
        ([2, 3, 2, 1, 2, 2], [0, 1, 2, 4]),  # all that equal the last, up to twice as many
        ([1, 0], [0]),
        ([0, 0, 0], []),
    ],
)
def test_candidates_by_words_are_those_covered_most(values: list[int], places: list[int]) -> None:
    assert largest(np.array(values, np.float32), 2).tolist() == places


def test_of_many_passages_those_covered_most_are_the_same_as_in_order() -> None:
    values = np.random.default_rng(7).permutation(1000).astype(np.float32)
    assert largest(values, 5).tolist() == sorted(np.argsort(-values)[:5].tolist())
