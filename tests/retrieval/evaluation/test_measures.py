"""The figures, worked out by hand on three documents."""

from pathlib import Path

import pytest

from retrieval.documents import Document, Span
from retrieval.evaluation.dataset import Dataset
from retrieval.evaluation.evaluation import Evaluation
from tests.helpers.word_encoder import WordEncoder

DOCUMENTS = (
    Document("d1", "Red apples grow here. Green pears grow there.", language="en"),
    Document("d2", "Ships carry coal. Trains carry iron.", language="en"),
    Document("d3", "Rivers freeze in winter. Lakes freeze later.", language="en"),
)
DATASET = Dataset(
    documents=DOCUMENTS,
    questions={"q1": "green pears", "q2": "trains iron", "q3": "ships", "unlabelled": "x"},
    relevant={
        "q1": frozenset({"d1"}),
        "q2": frozenset({"d2", "d1"}),
        "q3": frozenset({"d3"}),
    },
    answers={("q1", "d1"): Span(22, 33), ("q2", "d2"): Span(0, 5)},
    unanswerable=("zebra quantum", "red zebra"),
)


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    return Evaluation.run(DATASET, WordEncoder(), cache=tmp_path)


def test_ranking_figures(evaluation: Evaluation) -> None:
    figures = evaluation.figures
    assert evaluation.questions == 3
    # q1: d1 first; q2: d2 first of two relevant; q3: d2 first, d3 second or third
    assert figures["first hit relevant"] == pytest.approx(2 / 3)
    assert figures["recall@1"] == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert figures["recall@3"] == pytest.approx(1)


def test_highlight_figures(evaluation: Evaluation) -> None:
    """q1's bold sentence holds its answer; q2's answer is labelled in the other sentence."""
    figures = evaluation.figures
    assert figures["first hit relevant and its bold sentence holds the answer"] == 0.5
    assert figures["bold sentence holds the answer, given a relevant first hit"] == 0.5
    assert figures["bold sentence holds the answer, given the passage that does"] == 0.5


def test_confidence_figures(evaluation: Evaluation) -> None:
    assert evaluation.figures["AUROC of the confidence"] == 1
    assert evaluation.figures["unanswerable refused where 95 % are answered"] == 1
    assert {"answerable answered", "unanswerable refused"} <= evaluation.figures.keys()
