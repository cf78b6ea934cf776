"""The pages of an image file: its pictures, which have no letters to be marked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from retrieval.reading.page_pictures.highlights import Pixels
from retrieval.reading.page_pictures.pieces import Piece
from retrieval.reading.recognition.image_files import ImageFrame, frames_of
from retrieval.reading.recognition.recogniser import MOST_PIXELS
from retrieval.refusals import Cause, UnreadableError

_LONGEST_SIDE = 1_600  # pixels


@dataclass(frozen=True, slots=True)
class ImagePages:
    """The pages of an image file, numbered from 1."""

    frames: tuple[ImageFrame, ...]

    @classmethod
    @contextmanager
    def opened(cls, data: bytes) -> Iterator[ImagePages]:
        """Open an image file; raises what Pillow raises where it is damaged."""
        yield cls(tuple(frames_of(data)))

    def __len__(self) -> int:
        """Return how many pages there are."""
        return len(self.frames)

    def picture(self, number: int) -> Pixels:
        """Return a page as it is seen; its longer side has 1,600 pixels at most.

        Raises UnreadableError where the file's has too many to be decoded.
        """
        frame = self.frames[number - 1]
        if frame.pixels > MOST_PIXELS:
            raise UnreadableError(Cause.UNREAD)
        upright = frame.upright()
        upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        return np.asarray(upright)

    def pieces(self, number: int) -> list[Piece]:
        """Return none: where the recognised words stand is not kept."""
        return []
