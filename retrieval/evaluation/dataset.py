"""A labelled dataset in the BEIR layout: documents, questions and which document answers which.

    corpus.jsonl        {"_id", "title", "text"}
    queries.jsonl       {"_id", "text"}
    qrels/test.tsv      query-id, corpus-id, score, tab-separated below a heading
    answers.jsonl       optional: {"query-id", "corpus-id", "start", "text"}
    unanswerable.jsonl  optional: {"_id", "text"}, questions that no document answers

The layout is that of Thakur et al., "BEIR: A Heterogenous Benchmark for Zero-shot Evaluation of
Information Retrieval Models", NeurIPS 2021; the two optional files are this project's.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.documents import Document, Span
from retrieval.errors import DatasetError
from retrieval.language.detection import language_of


@dataclass(frozen=True)
class Dataset:
    """Documents, and questions by their ids.

    `relevant` maps a question's id to the names of the documents that answer it. `answers` maps a
    question's id and a document's name to the span of the answer in that document's text.
    `unanswerable` are questions that no document answers.
    """

    documents: tuple[Document, ...]
    questions: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]
    answers: Mapping[tuple[str, str], Span]
    unanswerable: tuple[str, ...]

    @classmethod
    def load(cls, folder: Path) -> Dataset:
        """Read a dataset's folder.

        Raises:
            DatasetError: The folder is no dataset, or a file in it is damaged.
        """
        try:
            dataset = cls(
                documents=tuple(_document(row) for row in _rows(folder / "corpus.jsonl")),
                questions={row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl")},
                relevant=_relevant(folder / "qrels" / "test.tsv"),
                answers=dict(_answer(row) for row in _optional(folder / "answers.jsonl")),
                unanswerable=tuple(row["text"] for row in _optional(folder / "unanswerable.jsonl")),
            )
            if not dataset.documents or not dataset.relevant:
                raise ValueError("it has no document or no judgement")
            if unknown := dataset.relevant.keys() - dataset.questions.keys():
                raise ValueError(f"there is no query {min(unknown)}")
            if unjudged := {query for query, _ in dataset.answers} - dataset.relevant.keys():
                raise ValueError(f"query {min(unjudged)} has an answer but no judgement")
            return dataset
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DatasetError(f"{folder} is no dataset in the BEIR layout: {error}") from error


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _optional(path: Path) -> list[dict[str, Any]]:
    return _rows(path) if path.exists() else []


def _document(row: dict[str, Any]) -> Document:
    """Return a corpus entry with its text unchanged, since answers are offsets into it."""
    text = row["text"]
    return Document(row["_id"], text, title=row.get("title", ""), language=language_of(text))


def _relevant(path: Path) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                found[row["query-id"]].add(row["corpus-id"])
    return {query: frozenset(documents) for query, documents in found.items()}


def _answer(row: dict[str, Any]) -> tuple[tuple[str, str], Span]:
    start = int(row["start"])
    return (row["query-id"], row["corpus-id"]), Span(start, start + len(row["text"]))
