"""Labelled datasets in the BEIR layout."""

import json
from pathlib import Path
from typing import Any

import pytest

from retrieval.documents import Document, Span
from retrieval.errors import DatasetError
from retrieval.evaluation.dataset import Dataset


def write(folder: Path, name: str, *rows: dict[str, Any]) -> None:
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "corpus.jsonl", {"_id": "d1", "title": "T", "text": "Bộ trưởng Tô Lâm dự họp."})
    write(tmp_path, "queries.jsonl", {"_id": "q1", "text": "Ai?"}, {"_id": "q2", "text": "Who?"})
    (tmp_path / "qrels").mkdir()
    qrels = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td1\t0\n"
    (tmp_path / "qrels" / "test.tsv").write_text(qrels)
    return tmp_path


def test_the_three_files_that_must_be(folder: Path) -> None:
    dataset = Dataset.load(folder)
    assert dataset.documents == (Document("d1", "Bộ trưởng Tô Lâm dự họp.", "T", language="vi"),)
    assert dataset.questions == {"q1": "Ai?", "q2": "Who?"}
    assert dataset.relevant == {"q1": frozenset({"d1"})}
    assert (dataset.answers, dataset.unanswerable) == ({}, ())


def test_the_two_files_that_may_be(folder: Path) -> None:
    answer = {"query-id": "q1", "corpus-id": "d1", "start": 10, "text": "Tô Lâm"}
    write(folder, "answers.jsonl", answer)
    write(folder, "unanswerable.jsonl", {"_id": "u1", "text": "Bao giờ?"})
    dataset = Dataset.load(folder)
    assert dataset.answers == {("q1", "d1"): Span(10, 16)}
    assert dataset.unanswerable == ("Bao giờ?",)


@pytest.mark.parametrize(
    ("qrels", "reason"),
    [("", "it has no document or no judgement"), ("q9\td1\t1\n", "there is no query q9")],
)
def test_judgements_that_judge_nothing_are_told(folder: Path, qrels: str, reason: str) -> None:
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{qrels}")
    with pytest.raises(DatasetError, match=reason):
        Dataset.load(folder)


def test_an_answer_to_a_question_that_no_document_is_judged_for_is_told(folder: Path) -> None:
    answer = {"query-id": "q2", "corpus-id": "d1", "start": 10, "text": "Tô Lâm"}
    write(folder, "answers.jsonl", answer)
    with pytest.raises(DatasetError, match="query q2 has an answer but no judgement"):
        Dataset.load(folder)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_or_broken_file_is_told(folder: Path, name: str) -> None:
    (folder / name).write_text("broken\nbroken\n")
    with pytest.raises(DatasetError, match="is no dataset in the BEIR layout"):
        Dataset.load(folder)
    (folder / name).unlink()
    with pytest.raises(DatasetError, match="is no dataset in the BEIR layout"):
        Dataset.load(folder)
