"""A picture that text is recognised in: shades of grey, and how large it is meant to be."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageFilter

POINTS = 72  # of an inch
DPI = 200  # at most, where text is recognised: noise costs less than at 300, clean text no more

_WHITE = 255
_BLUR = 0.7  # pixels
_STEEPEST, _STEP = 5.0, 0.25  # degrees
_SAMPLED = 1000  # pixels of the longer side of the picture that the angle is told by


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture of a page.

    Attributes:
        image: In Pillow's mode "L".
        dpi: How many of its pixels stand for an inch of the page.
    """

    image: Image.Image
    dpi: float

    @property
    def pgm(self) -> bytes:
        """The picture as a file in the format PGM."""
        file = BytesIO()
        self.image.save(file, "PPM")
        return file.getvalue()

    def smoothed(self) -> Picture:
        """Return the picture without its grain, with at most `DPI` pixels an inch.

        A fine picture is made coarser, which smooths it; another one is blurred a little. None is
        made finer, for then its grain is taken for letters.
        """
        if self.dpi <= DPI:
            return Picture(self.image.filter(ImageFilter.GaussianBlur(_BLUR)), self.dpi)
        width, height = (max(1, round(side * DPI / self.dpi)) for side in self.image.size)
        return Picture(self.image.resize((width, height), Image.Resampling.LANCZOS), DPI)

    def turned(self, quarters: int) -> Picture:
        """Return the picture turned clockwise by so many quarters of a circle."""
        return Picture(self.image.rotate(-90 * quarters, expand=True), self.dpi)

    def straightened(self) -> Picture:
        """Return the picture turned so that its lines of text are level, where they slant a bit."""
        angle = self._slant()
        if abs(angle) <= _STEP:
            return self
        level = self.image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=_WHITE)
        return Picture(level, self.dpi)

    def _slant(self) -> float:
        """Return by how many degrees the lines of text fall to the right.

        Ink counted along level lines is spread least evenly over the rows: W. Postl, Detection of
        Linear Oblique Structures and Skew Scan in Digitized Documents, ICPR 1986.
        """
        reduced = self.image.reduce(max(1, max(self.image.size) // _SAMPLED))
        shades = np.asarray(reduced, dtype=np.float32)
        y, x = np.nonzero(shades < shades.mean() - shades.std())
        margin = reduced.width  # more than any row is moved
        scores: dict[float, float] = {0.0: 0.0}
        for angle in np.arange(-_STEEPEST, _STEEPEST + _STEP / 2, _STEP).tolist():
            moved = np.rint(y - x * np.tan(np.radians(angle))).astype(np.int64) + margin
            ink = np.bincount(moved)
            scores[angle] = float(np.square(np.diff(ink)).sum())
        return max(scores, key=lambda angle: (scores[angle], -abs(angle)))
