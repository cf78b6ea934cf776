"""The evidence, its scores and the decision."""

from dataclasses import fields

import numpy as np
import pytest

from retrieval.answers import Part
from retrieval.index.arrays import Values
from retrieval.index.maxsim import MaxSim
from retrieval.ranking.scoring import (
    CandidateEvidence,
    Evidence,
    PassageEvidence,
    SentenceEvidence,
    is_answer,
)


def values(*numbers: float) -> Values:
    return np.array(numbers, dtype=np.float32)


def candidates() -> CandidateEvidence:
    return CandidateEvidence(
        dense=values(0.5, 0),
        best_sentence=values(0.75, 0),
        coverage_squared=values(1, 0),
        reference=values(0, 0),
    )


def passages() -> PassageEvidence:
    maxsims = [MaxSim(0.4, values(0.1, 0.1), values(0, 0.1)), MaxSim(0, values(0.2), values(0))]
    return PassageEvidence.of(candidates(), maxsims)


def test_a_passages_score_is_the_weighted_sum_of_its_parts() -> None:
    assert list(PassageEvidence.weights().values()) == [0.3, 0.6, 0.3, 0.5, 1.0, 0.5]
    assert passages().scores() == pytest.approx([0.15 + 0.45 + 0.3 + 0.4 + 0.1, 0.1])


def test_before_its_tokens_are_compared_a_passage_has_four_parts() -> None:
    assert list(CandidateEvidence.weights().values()) == [0.3, 0.6, 0.3, 0.5]
    assert candidates().scores() == pytest.approx([0.9, 0])
    assert candidates().at(np.array([], dtype=np.int64)).scores().shape == (0,)


def test_a_weight_meets_the_part_of_its_name_in_any_order() -> None:
    given = {"maxsim": values(1), "coverage": values(0), "cosine": values(0)}
    others = {"answer_type": values(0), "maxsim_back": values(0), "reference": values(0)}
    assert SentenceEvidence(**others, **given).scores() == pytest.approx([1.0])


def test_users_see_a_part_under_its_label() -> None:
    first, second = passages().rows()
    assert first[1:3] == (Part("best sentence", 0.75, 0.6), Part("coverage²", 1.0, 0.3))
    assert [part.name for part in second] == [
        "dense",
        "best sentence",
        "coverage²",
        "reference",
        "MaxSim",
        "MaxSim, best sentence",
    ]


def test_some_evidence_is_taken_in_the_order_asked_for() -> None:
    swapped = passages().at(np.array([1, 0]))
    assert isinstance(swapped, PassageEvidence)
    assert swapped.scores().tolist() == passages().scores().tolist()[::-1]


def test_a_score_does_not_depend_on_its_neighbours() -> None:
    random = np.random.default_rng(3)
    many = {one.name: random.random(200, dtype=np.float32) for one in fields(PassageEvidence)}
    evidence: Evidence = PassageEvidence(**many)
    alone = np.concatenate([evidence.at(np.array([place])).scores() for place in range(200)])
    assert evidence.scores().tolist() == alone.tolist()


def test_of_like_sentences_the_one_that_offers_what_is_asked_answers() -> None:
    assert list(SentenceEvidence.weights()) == [
        "cosine",
        "MaxSim",
        "MaxSim back",
        "coverage",
        "answer type",
        "reference",
    ]

    def sentences(maxsim: float) -> SentenceEvidence:
        return SentenceEvidence(
            cosine=values(0.5, 0.5),
            maxsim=values(maxsim, 0.5),
            maxsim_back=values(0.4, 0.4),
            coverage=values(0.3, 0.3),
            answer_type=values(0, 1),
            reference=values(0, 0),
        )

    assert sentences(maxsim=0.5).scores().argmax() == 1
    assert sentences(maxsim=0.7).scores().argmax() == 0


@pytest.mark.parametrize(
    ("score", "same", "across"), [(0.3, True, True), (0.15, False, True), (-0.1, False, False)]
)
def test_across_languages_a_lower_score_answers(score: float, same: bool, across: bool) -> None:
    assert is_answer(score, "vi", "vi") is same
    assert is_answer(score, "vi", "en") is across
