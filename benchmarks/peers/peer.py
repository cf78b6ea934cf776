"""The interface that each compared library is wrapped in: index documents, then search them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from retrieval.documents import Document

Search = Callable[[str], Sequence[str]]
"""Takes a question and returns names of documents, best first."""

DEPTH = 10  # hits that every retriever returns; MRR@10 needs no more

# The prompts that e5 was trained with, for libraries that do not read them from the model's folder.
QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "


class Peer(Protocol):
    """A library set up as its documentation recommends; each document is one passage."""

    def __init__(self, model: Path) -> None:
        """Load the sentence-transformers model in a folder."""

    def searches(self, documents: Sequence[Document]) -> Mapping[str, Search]:
        """Index `documents` and return the ways to search them, by their names."""
