"""The score and the decision."""

import numpy as np
import pytest

from retrieval.scoring import Evidence, passage_scores, sentence_scores


def test_a_score_is_the_sum_of_three_parts() -> None:
    evidence = Evidence(
        dense=np.array([0.5, 0.5, 0.5], dtype=np.float32),
        sentence=np.array([0.5, 0.75, 0.5], dtype=np.float32),
        coverage=np.array([0.0, 0.0, 1.0], dtype=np.float32),
    )
    assert passage_scores(evidence) == pytest.approx([0.5, 0.6, 0.6])


def test_few_shared_words_weigh_next_to_nothing() -> None:
    half = np.array([0.5, 0.5], dtype=np.float32)
    evidence = Evidence(half, half, coverage=np.array([0, 0.2], dtype=np.float32))
    zero, little = passage_scores(evidence)
    assert little - zero == pytest.approx(0.004, abs=1e-6)


def test_a_sentence_gains_from_the_questions_words() -> None:
    cosine, share = np.array([0.50, 0.45]), np.array([0.0, 0.8])
    assert sentence_scores(cosine, share).argmax() == 1
