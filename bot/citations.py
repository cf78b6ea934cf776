"""A citation: all that must be kept of a hit to name its source later, without the index.

It says which words of which text were quoted. The text's hash tells later whether the document
is still the one that was cited.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from retrieval.answers import Hit
from retrieval.documents import HASH_DIGITS, Document, Passage, Span


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited passage. Offsets count code points of the document's text, half-open.

    `document` is the document's name in the collection and `hash` that of its text; `start` and
    `end` bound the passage, `highlight_start` and `highlight_end` the sentence in `quote`.
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

    @classmethod
    def of(cls, hit: Hit) -> Citation:
        """Return the citation of `hit`, its title filled in where the document has none."""
        return cls.in_passage(hit.passage, hit.highlight)

    @classmethod
    def in_passage(cls, passage: Passage, highlight: Span) -> Citation:
        """Return the citation of the words at `highlight` in a passage, likewise."""
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
        )

    @property
    def digits(self) -> str:
        """The beginning of `hash`, by which links and buttons name the document."""
        return self.hash[:HASH_DIGITS]

    @property
    def span(self) -> Span:
        """The passage, in the document's text."""
        return Span(self.start, self.end)

    @property
    def highlight(self) -> Span:
        """The quoted sentence, in the document's text."""
        return Span(self.highlight_start, self.highlight_end)


def title_of(document: Document) -> str:
    """Return the title, else the file's name as people say it: "bien ban" for bien_ban.pdf."""
    return document.title or PurePosixPath(document.name).stem.replace("_", " ")
