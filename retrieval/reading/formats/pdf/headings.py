"""Headings of a PDF, which has no styles: told by fonts larger or bolder than most of its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.reading.formats.pdf.page import Line, Page
from retrieval.reading.formats.pdf.paragraphs import Passage

_LARGER = 1.15  # times the size of most text
_LONGEST_LARGE, _LONGEST_BOLD = 40, 30  # words
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Typography:
    """How most of a document's text is set, and the larger sizes of its headings, largest first."""

    body_size: float
    is_body_bold: bool
    larger: tuple[float, ...]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Typography:
        """Return the typography of all lines of a document."""
        letters: Counter[tuple[float, bool]] = Counter()
        for line in lines:
            letters[round(line.size * 2) / 2, line.is_bold] += len(line.text)
        if not letters:
            return cls(0.0, False, ())
        (body, is_bold), _ = letters.most_common(1)[0]
        larger = {size for size, _ in letters if size >= _LARGER * body}
        return cls(body, is_bold, tuple(sorted(larger, reverse=True)))

    def heading_level(self, passage: Passage) -> int:
        """Return 1 for a heading of the largest size, then 2 and so on; 0 for what is none."""
        text, words = passage.text, len(passage.text.split())
        if not any(char.isalpha() for char in text) or words > _LONGEST_LARGE:
            return 0
        size = round(passage.size * 2) / 2
        if size in self.larger and not text.endswith((",", ";")):
            return min(_DEEPEST, 1 + self.larger.index(size))
        is_bold = passage.is_bold and not self.is_body_bold and words <= _LONGEST_BOLD
        if is_bold and passage.size >= self.body_size * 0.9 and not text.endswith((".", ",", ";")):
            return min(_DEEPEST, 1 + len(self.larger))
        return 0


@dataclass(frozen=True, slots=True)
class Typographies:
    """The typography of pages with letters, and that of recognised pages.

    The two are never compared: a picture tells the size of its text only roughly.
    """

    lettered: Typography
    recognised: Typography

    @classmethod
    def of(cls, pages: Sequence[Page]) -> Typographies:
        """Return the typographies of a document's pages."""
        return cls(
            Typography.of(line for page in pages if not page.recognised for line in page.lines),
            Typography.of(line for page in pages if page.recognised for line in page.lines),
        )

    def heading_level(self, passage: Passage, *, recognised: bool) -> int:
        """Return the level of a heading, from 1 for the largest; 0 for what is none."""
        return (self.recognised if recognised else self.lettered).heading_level(passage)
