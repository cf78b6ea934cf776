"""Late interaction: MaxSim worked out by hand."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoding.encoder import Vectors
from retrieval.index.maxsim import TokenIndex
from retrieval.index.tokens import PassageTokens, TokenWriter


def rows(*vectors: list[float]) -> Vectors:
    return np.array(vectors, dtype=np.float32).reshape(len(vectors), 2)


def passage(sentences: list[int], *vectors: list[float]) -> PassageTokens:
    return PassageTokens(rows(*vectors), np.array(sentences, dtype=np.int32))


@pytest.fixture
def index(tmp_path: Path) -> TokenIndex:
    with closing(TokenWriter(tmp_path, passages=3)) as writer:
        writer.append([passage([0, 0, 1], [1, 0], [0.6, 0.8], [0, 1]), passage([])])
        writer.append([passage([1], [0, 1])])
    return TokenIndex.load(tmp_path)


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
