"""The recogniser: the words of pictures, within the time that one file may take.

What keeps a picture from being read is a cause that names its page, so that the other pages are
read all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from retrieval.reading.recognition.tesseract import Tesseract, TesseractError
from retrieval.reading.recognition.words import (
    RecognisedText,
    are_mostly_unsure,
    with_gaps,
    words_in,
)
from retrieval.refusals import Cause

if TYPE_CHECKING:  # importing the list of formats loads no library for pictures
    from retrieval.reading.recognition.picture import Picture

MOST_PIXELS = 100_000_000  # of a picture that is decoded: A1 at 300 an inch has 70 million

_SHARE = 0.8  # of the time for a file; the rest is for everything else that is done with it
_PICTURE_SECONDS = 60  # for one picture; a full page takes two to five
_LEAST_SECONDS = 1


class UnrecognisedError(Exception):
    """A picture gives no text; `cause` is the one that names its page."""

    def __init__(self, cause: Cause) -> None:
        """Store the cause."""
        super().__init__(cause.value)
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Recognises the text of one file's pictures.

    Attributes:
        tesseract: The program, None where no picture is read.
        absence: The cause that names a page where there is no program.
        deadline: When to stop, in seconds of the monotonic clock.
    """

    tesseract: Tesseract | None = None
    absence: Cause = Cause.PICTURE_PAGES_OFF
    deadline: float = 0.0

    @classmethod
    def within(cls, tesseract: Tesseract | None, seconds: float) -> Recogniser:
        """Return a recogniser for a file whose reading may take so many seconds from now on.

        `tesseract` is None where the program is not installed.
        """
        return cls(tesseract, Cause.PICTURE_PAGES, monotonic() + _SHARE * seconds)

    def text(self, pixels: int, picture: Callable[[], Picture]) -> RecognisedText:
        """Return the words of a picture, with gaps for the unsure ones.

        A picture that lies on its side or upside down is turned, so the words' places are those in
        a picture that can be read.

        Args:
            pixels: How many must be decoded to make the picture.
            picture: Makes it; called only where it can be read.

        Raises:
            UnrecognisedError: The picture is not read, or has no text, or mostly unsure text.
            MemoryError: There is no room for the picture.
        """
        if self.tesseract is None:
            raise UnrecognisedError(self.absence)
        if pixels > MOST_PIXELS or self._seconds < _LEAST_SECONDS:
            raise UnrecognisedError(Cause.UNREAD_PAGES)
        try:
            found = self._upright(self.tesseract, picture().smoothed())
        except TesseractError as error:
            raise UnrecognisedError(Cause.UNREAD_PAGES) from error
        if not any(word.is_word for word in found.words):
            raise UnrecognisedError(Cause.BLANK_PAGES)
        if are_mostly_unsure(found.words):
            raise UnrecognisedError(Cause.UNSURE_PAGES)
        return replace(found, words=tuple(with_gaps(found.words)))

    @property
    def _seconds(self) -> float:
        """How long the next picture may take."""
        return min(_PICTURE_SECONDS, self.deadline - monotonic())

    def _upright(self, tesseract: Tesseract, picture: Picture) -> RecognisedText:
        """Return the picture's text; it is turned only where that is unsure as it lies."""
        text = self._level(tesseract, picture)
        if not are_mostly_unsure(text.words):
            return text
        quarters = tesseract.quarters(picture, self._seconds)
        return self._level(tesseract, picture.turned(quarters)) if quarters else text

    def _level(self, tesseract: Tesseract, picture: Picture) -> RecognisedText:
        level = picture.straightened()
        words = words_in(tesseract.table(level, self._seconds))
        return RecognisedText(tuple(words), level.image.height, level.dpi)


NO_PICTURES = Recogniser()
"""Leaves every picture unread."""
