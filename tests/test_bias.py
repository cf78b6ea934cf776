"""The language bias and its removal."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.bias import LanguageBias
from retrieval.embedder import Vectors


def unit(*rows: list[float]) -> Vectors:
    array = np.array(rows, dtype=np.float32)
    unit_rows: Vectors = array / np.linalg.norm(array, axis=1, keepdims=True)
    return unit_rows


def test_half_of_the_languages_mean_is_taken_out() -> None:
    vectors = unit([1, 0], [0, 1], [1, 1])
    bias = LanguageBias.measure(vectors, ["vi", "vi", "en"])
    expected = unit([1 - 0.25, -0.25])
    assert bias.removed(vectors[:1], ["vi"]) == pytest.approx(expected)


def test_a_language_without_a_mean_keeps_its_vectors() -> None:
    bias = LanguageBias.measure(unit([1, 0]), ["vi"])
    assert bias.removed(unit([3, 4]), ["fr"]) == pytest.approx(unit([3, 4]))


def test_two_languages_move_together() -> None:
    """Meaning is on the second axis, language on the first: afterwards meaning weighs more."""
    vectors = unit([4, 1], [4, -1], [-4, 1], [-4, -1])
    languages = ["vi", "vi", "en", "en"]
    moved = LanguageBias.measure(vectors, languages).removed(vectors, languages)
    before, after = vectors[0] @ vectors[2], moved[0] @ moved[2]
    assert before == pytest.approx(-15 / 17)
    assert after == pytest.approx(-3 / 5, abs=1e-5)


def test_a_vector_of_nothing_stays_nothing() -> None:
    assert LanguageBias({}).removed(np.zeros((1, 2), dtype=np.float32), [""]).tolist() == [[0, 0]]


def test_saved_and_loaded(tmp_path: Path) -> None:
    vectors = unit([1, 0], [0, 1])
    bias = LanguageBias.measure(vectors, ["vi", ""])
    bias.save(tmp_path)
    loaded = LanguageBias.load(tmp_path)
    assert np.array_equal(loaded.removed(vectors, ["", "vi"]), bias.removed(vectors, ["", "vi"]))
