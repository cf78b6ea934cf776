"""An index's documents and passages as one file of JSON lines, a document a line.

Spans are pairs `[start, end]`; a passage is its span and its sentences' spans.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from retrieval.documents import Document, Passage, Span

DOCUMENTS = "documents.jsonl"
_PLAIN = ("name", "text", "title", "date", "source", "url", "language")


def save_passages(passages: Sequence[Passage], path: Path) -> None:
    """Write passages that stand in their documents' order, with these documents."""
    with path.open("w", encoding="utf-8") as file:
        for _, group in groupby(passages, key=lambda passage: id(passage.document)):
            file.write(json.dumps(_record(list(group)), ensure_ascii=False) + "\n")


def load_passages(path: Path) -> list[Passage]:
    """Read what `save_passages` wrote; passages of one document share it.

    Raises OSError, ValueError, KeyError or TypeError where the file is damaged.
    """
    with path.open(encoding="utf-8") as lines:
        return [passage for line in lines for passage in _passages(json.loads(line))]


def load_documents(path: Path) -> list[Document]:
    """Read the documents alone; raises what `load_passages` does."""
    with path.open(encoding="utf-8") as lines:
        return [document_of(json.loads(line)) for line in lines]


def document_record(document: Document) -> dict[str, Any]:
    """Return a document as what JSON can hold."""
    return {
        **{field: getattr(document, field) for field in _PLAIN},
        "headings": _pairs(document.headings),
        "captions": _pairs(document.captions),
    }


def document_of(record: dict[str, Any]) -> Document:
    """Return the document of a record; raises KeyError or TypeError where it is none."""
    return Document(
        **{field: record[field] for field in _PLAIN},
        headings=_spans(record["headings"]),
        captions=_spans(record["captions"]),
    )


def _record(passages: Sequence[Passage]) -> dict[str, Any]:
    spans = [[_pair(p.span), _pairs(p.sentences)] for p in passages]
    return {**document_record(passages[0].document), "passages": spans}


def _passages(record: dict[str, Any]) -> Iterator[Passage]:
    document = document_of(record)
    for (start, end), sentences in record["passages"]:
        yield Passage(document, Span(start, end), _spans(sentences))


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [_pair(span) for span in spans]


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
