"""The language bias and its removal."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.encoding.encoder import Encoded, Vectors
from retrieval.index.language_bias import Biases, LanguageBias, LanguageSums


def unit(*rows: list[float]) -> Vectors:
    array = np.array(rows, dtype=np.float32)
    unit_rows: Vectors = array / np.linalg.norm(array, axis=1, keepdims=True)
    return unit_rows


def measured(vectors: Vectors, languages: list[str]) -> LanguageBias:
    sums = LanguageSums()
    for vector, language in zip(vectors, languages, strict=True):
        sums.add(vector, language)
    return sums.bias()


def test_a_share_of_the_languages_mean_is_taken_out() -> None:
    bias = measured(unit([1, 0], [0, 1], [1, 1]), ["vi", "vi", "en"])
    assert bias.removed(unit([1, 0]), "vi", 0.5) == pytest.approx(unit([1 - 0.25, -0.25]))


def test_a_language_without_a_mean_is_given_the_average() -> None:
    bias = LanguageBias({"vi": unit([1, 0])[0], "en": unit([0, 1])[0]})
    assert bias.removed(unit([1, 0]), "fr", 1.0) == pytest.approx(unit([0.5, -0.5]))


def test_two_languages_move_together() -> None:
    """Meaning is on the second axis, language on the first: afterwards meaning weighs more."""
    vectors = unit([4, 1], [4, -1], [-4, 1], [-4, -1])
    bias = measured(vectors, ["vi", "vi", "en", "en"])
    vietnamese = bias.removed(vectors[:1], "vi", 0.5)[0]
    english = bias.removed(vectors[2:3], "en", 0.5)[0]
    assert vectors[0] @ vectors[2] == pytest.approx(-15 / 17)
    assert vietnamese @ english == pytest.approx(-3 / 5, abs=1e-5)


def test_a_vector_of_nothing_stays_nothing() -> None:
    bias = LanguageBias({"": np.zeros(2, dtype=np.float32)})
    assert bias.removed(np.zeros((1, 2), dtype=np.float32), "", 0.5).tolist() == [[0, 0]]


def test_vectors_in_several_languages_lose_each_its_own() -> None:
    passages = [encoded(vector, unit([1, 0])) for vector in unit([1, 0], [0, 1])]
    biases = Biases.measure(passages, ["vi", "en"], passages, ["vi", "en"])
    both = biases.passage_each(unit([0, 1], [1, 0], [0, 1]), np.array(["vi", "en", "vi"]))
    assert both == pytest.approx(unit([-0.5, 1], [1, -0.5], [-0.5, 1]))
    assert biases.dimension == 2


def encoded(vector: Vectors, tokens: Vectors) -> Encoded:
    return Encoded(vector, tokens, np.arange(1, len(tokens) + 1, dtype=np.int32))


def test_passages_and_questions_have_means_of_their_own(tmp_path: Path) -> None:
    passages = [encoded(unit([1, 0])[0], unit([1, 0], [0, 1]))]
    questions = [encoded(unit([0, 1])[0], unit([0, 1]))]
    taken = Biases.measure(passages, ["vi"], questions, ["vi"])
    taken.save(tmp_path)
    for biases in (taken, Biases.load(tmp_path)):
        assert biases.passage(unit([0, 1]), "vi") == pytest.approx(unit([-0.5, 1]))
        assert biases.passage_token(unit([0, 1]), "vi") == pytest.approx(unit([-0.5, 0.5]))
        asked = biases.question(encoded(unit([1, 0])[0], unit([1, 0])), "vi")
        assert asked.vector == pytest.approx(unit([1, -0.5])[0])
        assert asked.tokens == pytest.approx(unit([1, -1]))
