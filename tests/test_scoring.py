"""The score and the decision."""

import numpy as np
import pytest

from retrieval.scoring import (
    Evidence,
    Scores,
    TokenEvidence,
    answers,
    first_scores,
    sentence_scores,
    token_scores,
)


def scores(*values: float) -> Scores:
    return np.array(values, dtype=np.float32)


def test_the_first_score_is_the_sum_of_three_parts() -> None:
    evidence = Evidence(scores(0.5, 0.5, 0.5), scores(0.5, 0.75, 0.5), coverage=scores(0, 0, 1))
    assert first_scores(evidence) == pytest.approx([0.3, 0.375, 0.5])


def test_few_shared_words_weigh_next_to_nothing() -> None:
    evidence = Evidence(scores(0.5, 0.5), scores(0.5, 0.5), coverage=scores(0, 0.2))
    zero, little = first_scores(evidence)
    assert little - zero == pytest.approx(0.008, abs=1e-6)


def test_tokens_of_the_passage_and_of_its_best_sentence_add_up() -> None:
    assert token_scores(TokenEvidence(scores(0.4), scores(0.2))) == pytest.approx([0.5])


def test_a_sentence_gains_from_the_questions_words() -> None:
    even = scores(0.5, 0.5)
    assert sentence_scores(even, even, coverage=scores(0.1, 0.8)).argmax() == 1
    assert sentence_scores(scores(0.4, 0.5), even, even).argmax() == 1


@pytest.mark.parametrize(
    ("score", "same", "across"), [(0.3, True, True), (0.1, False, True), (-0.1, False, False)]
)
def test_across_languages_a_lower_score_answers(score: float, same: bool, across: bool) -> None:
    assert answers(score, same_language=True) is same
    assert answers(score, same_language=False) is across
