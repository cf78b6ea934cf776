"""What the comparison asks of a library: index these documents, then find them for a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from retrieval.documents import Document

Search = Callable[[str], Sequence[str]]
"""A question in, the names of documents out, best first."""

DEPTH = 10  # hits asked of every retriever, as many as MRR@10 looks at

# The prompts that e5 was trained with, for libraries that do not read them from the model's folder.
QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "


class Peer(Protocol):
    """A library set up as its documentation recommends, every document one passage."""

    def __init__(self, model: Path) -> None:
        """Load the sentence-transformers model of a folder."""

    def searches(self, documents: Sequence[Document]) -> Mapping[str, Search]:
        """Index `documents` and return the ways to search them, each by its name."""
