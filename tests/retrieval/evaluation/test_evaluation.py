"""Where an evaluation keeps its vectors, and what is told where it cannot."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.documents import Document
from retrieval.errors import CollectionError
from retrieval.evaluation.dataset import Dataset
from retrieval.evaluation.evaluation import Evaluation
from tests.helpers.mark_reranker import MarkReranker
from tests.helpers.word_encoder import WordEncoder

DATASET = Dataset(
    documents=(Document("d1", "Red apples grow here.", language="en"),),
    questions={"q1": "apples"},
    relevant={"q1": frozenset({"d1"})},
    answers={},
    unanswerable=(),
)


def test_the_users_cache_keeps_the_vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    Evaluation.run(DATASET, WordEncoder())
    assert (tmp_path / "trichdan" / "evaluation.sqlite").exists()


def test_a_reranker_reads_the_questions_of_a_dataset(tmp_path: Path) -> None:
    reranker = MarkReranker("apples")
    Evaluation.run(DATASET, WordEncoder(), cache=tmp_path, reranker=reranker)
    assert reranker.read[-1] == ("apples", ["Red apples grow here."])
    assert len(reranker.read) == 31  # a quarter of the everyday questions came first


def test_a_cache_that_cannot_be_written_is_one_line_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CollectionError, match="cannot write .*XDG_CACHE_HOME and TMPDIR.$"):
        Evaluation.run(DATASET, WordEncoder(), cache=tmp_path / "file")


def test_a_cache_that_another_process_locks_is_one_line_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path: connect(path, timeout=0))
    with closing(connect(tmp_path / "evaluation.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CollectionError, match="database is locked.*make room"):
            Evaluation.run(DATASET, WordEncoder(), cache=tmp_path)
