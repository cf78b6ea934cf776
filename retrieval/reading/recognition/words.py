"""The words that Tesseract recognised, and what is not sure enough to be quoted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from unicodedata import normalize

GAP = "[…]"
"""What stands in a recognised text for words that could not be recognised with certainty."""

_SURE = 70.0  # of 100: docs/documents.md says how many wrong words stay, and how many right ones go
_MOST_UNSURE = 0.3  # of a page's letters; the rest of such a page is left out as well
_WORD = "5"  # the level of the table's rows that hold a word


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word with its place in pixels from the picture's top left corner.

    Attributes:
        line: What names the line that it stands in; words of a line follow each other.
        confidence: From 0 to 100, as Tesseract gives it.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    line: tuple[str, ...]
    confidence: float

    @property
    def is_word(self) -> bool:
        """Whether it has a letter or a digit, and is no mark or speck alone."""
        return any(map(str.isalnum, self.text))


@dataclass(frozen=True, slots=True)
class RecognisedText:
    """The words of a picture, line by line; its height in pixels, and pixels an inch."""

    words: tuple[RecognisedWord, ...]
    height: int
    dpi: float


def words_in(table: str) -> list[RecognisedWord]:
    """Return the words of Tesseract's table in TSV, line by line, in NFC."""
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [_word(row) for row in rows if row["level"] == _WORD and row["text"].strip()]


def are_mostly_unsure(words: Iterable[RecognisedWord]) -> bool:
    """Tell whether so many letters of a page are unsure that the rest is no text either."""
    lengths = [(len(word.text), _is_sure(word)) for word in words if word.is_word]
    unsure = sum(length for length, is_sure in lengths if not is_sure)
    return unsure > _MOST_UNSURE * sum(length for length, _ in lengths)


def with_gaps(words: Iterable[RecognisedWord]) -> Iterator[RecognisedWord]:
    """Yield the sure words in order, and one gap for each run of unsure words in a line.

    Unsure marks and specks are no words, and go without a gap.
    """
    for (_, is_sure), run in groupby(words, key=lambda word: (word.line, _is_sure(word))):
        if is_sure:
            yield from run
        elif lost := [word for word in run if word.is_word]:
            yield replace(lost[0], text=GAP, right=lost[-1].right)


def _word(row: dict[str, str]) -> RecognisedWord:
    left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
    return RecognisedWord(
        normalize("NFC", row["text"].strip()),
        left,
        top,
        left + width,
        top + height,
        (row["block_num"], row["par_num"], row["line_num"]),
        float(row["conf"]),
    )


def _is_sure(word: RecognisedWord) -> bool:
    return word.confidence >= _SURE
