"""Questions answered from documents, in the documents' own words.

A `Retriever` opens a folder of documents and answers questions with hits: each is a passage, word
for word, with the sentence that answers and the document it comes from. Nothing here knows the bot.

    >>> from pathlib import Path
    >>> from retrieval import RetrievalSettings, Retriever
    >>> settings = RetrievalSettings(seeds=Path("seeds"), index=Path("data/index"))
    >>> retriever = Retriever.open(settings)  # doctest: +SKIP
    >>> answer = retriever.ask("Who met the ASEAN Secretary-General?")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.answers import Answer, Hit, Part
from retrieval.documents import Document, Passage, Span
from retrieval.errors import CollectionError, EncoderError, SettingsError, UserError
from retrieval.settings import Limits, RetrievalSettings

if TYPE_CHECKING:
    from retrieval.retriever import Retriever

__all__ = [
    "Answer",
    "CollectionError",
    "Document",
    "EncoderError",
    "Hit",
    "Limits",
    "Part",
    "Passage",
    "RetrievalSettings",
    "Retriever",
    "SettingsError",
    "Span",
    "UserError",
]


def __getattr__(name: str) -> object:
    """Import the retriever when it is asked for: its libraries take a second (see PEP 562)."""
    if name == "Retriever":
        from retrieval.retriever import Retriever

        return Retriever
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
