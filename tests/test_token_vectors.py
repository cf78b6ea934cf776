"""Token vectors: their quantised form, MaxSim worked out by hand, files."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.embedder import Vectors
from retrieval.token_vectors import PassageTokens, Quantised, TokenIndex


def rows(*vectors: list[float]) -> Vectors:
    return np.array(vectors, dtype=np.float32).reshape(len(vectors), 2)


def passage(sentences: list[int], *vectors: list[float]) -> PassageTokens:
    return PassageTokens(rows(*vectors), np.array(sentences, dtype=np.int32))


@pytest.fixture
def index() -> TokenIndex:
    return TokenIndex.build(
        [passage([0, 0, 1], [1, 0], [0.6, 0.8], [0, 1]), passage([]), passage([1], [0, 1])]
    )


def test_one_byte_a_dimension_keeps_a_vector_within_half_a_step() -> None:
    vectors = np.random.default_rng(5).normal(size=(50, 384)).astype(np.float32)
    quantised = Quantised.of(vectors)
    assert quantised.codes.dtype == np.int8
    steps = np.abs(vectors).max(axis=1, keepdims=True) / 127
    assert (np.abs(quantised.vectors() - vectors) <= steps * 0.5001).all()


def test_vectors_of_nothing_stay_nothing() -> None:
    assert Quantised.of(rows([0, 0])).vectors().tolist() == [[0, 0]]
    assert Quantised.of(rows()).vectors().shape == (0, 2)


def test_maxsim_is_the_mean_of_the_nearest_tokens(index: TokenIndex) -> None:
    (found,) = index.maxsim(rows([1, 0], [0, 1]), np.array([0]))
    assert found.passage == pytest.approx((1 + 1) / 2, abs=0.01)
    assert found.sentences == pytest.approx([(1 + 0.8) / 2, (0 + 1) / 2], abs=0.01)


def test_backwards_it_is_the_mean_over_the_sentences_tokens(index: TokenIndex) -> None:
    (found,) = index.maxsim(rows([1, 0]), np.array([0]))
    assert found.back == pytest.approx([(1 + 0.6) / 2, 0], abs=0.01)


def test_a_sentence_or_passage_without_tokens_is_far(index: TokenIndex) -> None:
    empty, second = index.maxsim(rows([0, 1]), np.array([1, 2]))
    assert (empty.passage, len(empty.sentences)) == (0, 0)
    assert second.sentences == pytest.approx([-1, 1], abs=0.01)
    assert second.back == pytest.approx([-1, 1], abs=0.01)


def test_a_question_without_tokens_is_near_nothing(index: TokenIndex) -> None:
    (found,) = index.maxsim(rows(), np.array([0]))
    assert found.passage == 0


def test_several_passages_are_compared_as_each_alone(index: TokenIndex) -> None:
    question, numbers = rows([1, 0], [0.6, 0.8]), np.array([2, 1, 0])
    together = index.maxsim(question, numbers)
    alone = [index.maxsim(question, numbers[i : i + 1])[0] for i in range(3)]
    assert [one.passage for one in together] == pytest.approx([one.passage for one in alone])
    assert together[2].sentences == pytest.approx(alone[2].sentences)


def test_saved_and_loaded_it_compares_the_same(index: TokenIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    question = rows([0.8, 0.6])
    (before,), (after,) = (
        each.maxsim(question, np.array([0])) for each in (index, TokenIndex.load(tmp_path))
    )
    assert after.passage == before.passage
    assert after.sentences.tolist() == before.sentences.tolist()
