"""The scores and the decision."""

import numpy as np
import pytest

from retrieval.ranking.scoring import (
    PASSAGE_WEIGHTS,
    SENTENCE_WEIGHTS,
    Evidence,
    answers,
    passage_scores,
    sentence_scores,
)


def rows(*parts: list[float]) -> Evidence:
    return np.array(parts, dtype=np.float32)


def test_a_passages_score_is_the_weighted_sum_of_its_parts() -> None:
    assert list(PASSAGE_WEIGHTS.values()) == [0.3, 0.6, 0.3, 1.0, 0.5]
    found = passage_scores(rows([0.5, 0.75, 1, 0.4, 0.2], [0, 0, 0, 0, 0.2]))
    assert found == pytest.approx([0.15 + 0.45 + 0.3 + 0.4 + 0.1, 0.1])


def test_before_its_tokens_are_compared_a_passage_has_three_parts() -> None:
    assert passage_scores(rows([0.5, 0.75, 1])) == pytest.approx([0.9])
    assert passage_scores(np.zeros((0, 3), dtype=np.float32)).shape == (0,)


def test_a_score_does_not_depend_on_its_neighbours() -> None:
    evidence = np.random.default_rng(3).random((200, 5), dtype=np.float32)
    alone = np.concatenate([passage_scores(row[np.newaxis]) for row in evidence])
    assert passage_scores(evidence).tolist() == alone.tolist()


def test_of_like_sentences_the_one_that_offers_what_is_asked_answers() -> None:
    assert list(SENTENCE_WEIGHTS) == [
        "cosine",
        "MaxSim",
        "MaxSim back",
        "coverage",
        "asked for",
    ]
    even = [0.5, 0.5, 0.4, 0.3]
    assert sentence_scores(rows([*even, 0], [*even, 1])).argmax() == 1
    assert sentence_scores(rows([0.5, 0.7, 0.4, 0.3, 0], [*even, 1])).argmax() == 0


@pytest.mark.parametrize(
    ("score", "same", "across"), [(0.3, True, True), (0.15, False, True), (-0.1, False, False)]
)
def test_across_languages_a_lower_score_answers(score: float, same: bool, across: bool) -> None:
    assert answers(score, same_language=True) is same
    assert answers(score, same_language=False) is across
