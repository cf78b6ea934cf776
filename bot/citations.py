"""Citations: what is stored of a hit, so that its source can be shown later without the index.

A citation says which words of which text were quoted. The hash of the text shows later whether the
document is still the one that was cited.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from retrieval.answers import Hit
from retrieval.documents import HASH_DIGITS, Document, Passage, Span

_PDF = re.compile(r"https?://[^?#]+\.pdf(?:\?[^#]*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited passage. Offsets count code points of the document's text; ends are exclusive.

    Attributes:
        document: The document's name in the collection.
        hash: The hash of the document's text.
        title: The document's title, or a readable form of its file name.
        source: The document's source, empty if unknown.
        date: The document's date in ISO 8601, empty if unknown.
        url: The document's URL, empty if unknown.
        start: The start of the passage.
        end: The end of the passage.
        highlight_start: The start of the quoted sentence.
        highlight_end: The end of the quoted sentence.
        quote: The words of that sentence.
        pages: The file's pages that the passage stands on, ascending from 1; none where its format
            has none.
        quote_pages: The pages of the quoted sentence.
        recognised: Whether any of the passage was recognised in a picture.
        collection: The name of the document's collection, empty where all documents are one.
    """

    document: str
    hash: str
    title: str
    source: str
    date: str
    url: str
    start: int
    end: int
    highlight_start: int
    highlight_end: int
    quote: str
    pages: tuple[int, ...] = ()
    quote_pages: tuple[int, ...] = ()
    recognised: bool = False
    collection: str = ""

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Citation:
        """Return the citation whose fields JSON has kept; those of older ones lack the pages."""
        pages = {name: tuple(record.get(name, ())) for name in ("pages", "quote_pages")}
        return cls(**{**record, **pages})

    @classmethod
    def of(cls, hit: Hit) -> Citation:
        """Return the citation of a hit's passage and highlighted sentence."""
        return cls.in_passage(hit.passage, hit.highlight, hit.collection.name)

    @classmethod
    def in_passage(cls, passage: Passage, highlight: Span, collection: str = "") -> Citation:
        """Return the citation of the words at `highlight` in a passage of a collection."""
        document = passage.document
        return cls(
            document=document.name,
            hash=document.hash,
            title=title_of(document),
            source=document.source,
            date=document.date,
            url=document.url,
            start=passage.span.start,
            end=passage.span.end,
            highlight_start=highlight.start,
            highlight_end=highlight.end,
            quote=highlight.of(document.text),
            pages=passage.pages,
            quote_pages=document.pages_of(highlight),
            recognised=passage.is_recognised,
            collection=collection,
        )

    @property
    def digits(self) -> str:
        """The beginning of `hash`, by which links and buttons name the document."""
        return self.hash[:HASH_DIGITS]

    @property
    def address(self) -> str:
        """The document's URL; that of a PDF opens it at the quoted sentence's first page."""
        if not (self.quote_pages and _PDF.fullmatch(self.url)):
            return self.url
        return f"{self.url}#page={self.quote_pages[0]}"

    @property
    def span(self) -> Span:
        """The passage, in the document's text."""
        return Span(self.start, self.end)

    @property
    def highlight(self) -> Span:
        """The quoted sentence, in the document's text."""
        return Span(self.highlight_start, self.highlight_end)


def title_of(document: Document) -> str:
    """Return the document's title, else its file name in words: "bien ban" for bien_ban.pdf."""
    return document.title or PurePosixPath(document.name).stem.replace("_", " ")
