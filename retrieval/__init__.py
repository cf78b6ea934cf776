"""Questions answered from documents, in the documents' own words.

A `Retriever` opens a folder of documents and answers questions with hits: each is a passage, word
for word, with the sentence that answers and the document it comes from. Nothing here knows the bot.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from retrieval import RetrievalSettings, Retriever
    >>> with TemporaryDirectory() as folder:
    ...     settings = RetrievalSettings(seeds=Path(folder, "seeds"), index=Path(folder, "index"))
    ...     settings.seeds.mkdir()
    ...     _ = (settings.seeds / "food.txt").write_text("Rice is the staple food of Vietnam.")
    ...     hit = Retriever.open(settings).ask("What do people in Vietnam eat?").hits[0]
    >>> print(hit.quote, "-", hit.document.citation)
    Rice is the staple food of Vietnam. - food.txt
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.answers import Answer, Courtesy, Hit, Part
from retrieval.documents import Document, Passage, Span
from retrieval.errors import (
    CollectionError,
    DatasetError,
    EncoderError,
    RerankerError,
    SettingsError,
    UserError,
)
from retrieval.reading.file import read_file
from retrieval.refusals import UnreadableError
from retrieval.settings import Limits, RetrievalSettings

if TYPE_CHECKING:
    from retrieval.retriever import Retriever

__all__ = [
    "Answer",
    "CollectionError",
    "Courtesy",
    "DatasetError",
    "Document",
    "EncoderError",
    "Hit",
    "Limits",
    "Part",
    "Passage",
    "RerankerError",
    "RetrievalSettings",
    "Retriever",
    "SettingsError",
    "Span",
    "UnreadableError",
    "UserError",
    "read_file",
]


if not TYPE_CHECKING:  # a type checker would take any name for one of the module's

    def __getattr__(name: str) -> object:
        """Import the retriever when it is asked for: its libraries take a second (see PEP 562)."""
        if name == "Retriever":
            from retrieval.retriever import Retriever

            return Retriever
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
