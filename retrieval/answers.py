"""What a question gets: hits, each a passage with the sentence that answers."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.documents import Document, Passage, Span


@dataclass(frozen=True, slots=True)
class Part:
    """What one kind of evidence adds to a score: its value times its weight."""

    name: str
    value: float
    weight: float

    @property
    def adds(self) -> float:
        """The part's share in the score."""
        return self.value * self.weight


@dataclass(frozen=True)
class Hit:
    """A passage found for a question; `highlight` is the answering sentence in the document.

    `parts` add up to the `score`.
    """

    passage: Passage
    highlight: Span
    score: float
    parts: tuple[Part, ...] = ()

    @property
    def document(self) -> Document:
        """The document the passage stands in."""
        return self.passage.document

    @property
    def highlight_in_text(self) -> Span:
        """The answering sentence, counted from the passage's own start."""
        return self.highlight.shifted(-self.passage.span.start)


@dataclass(frozen=True)
class Answer:
    """The hits for a question, best first, and whether they answer it.

    `language` is the question's ("vi", "en" or another ISO 639-1 code; empty if unknown).
    `restored` is the question with its diacritics put back, or None where nothing was changed.
    `hits` holds the nearest passages even where `answered` is false; it is empty only where the
    question holds no word or the collection no passage.
    """

    question: str
    language: str
    restored: str | None
    answered: bool
    hits: tuple[Hit, ...]
