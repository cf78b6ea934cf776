"""Scanned pages that are drawn here in fonts from Debian's packages: clean, skewed or noisy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from retrieval.reading.recognition.tesseract import Tesseract

FONTS = Path("/usr/share/fonts/truetype")
SERIF = FONTS / "noto" / "NotoSerif-Regular.ttf"
SANS = FONTS / "noto" / "NotoSans-Regular.ttf"
CAN_SCAN = Tesseract.installed() is not None and SERIF.exists() and SANS.exists()
NEEDED = "Debian's tesseract-ocr, tesseract-ocr-vie and fonts-noto-core are not installed"

_WHITE, _BLACK = 255, 0
_PAGE = (8.27, 11.69)  # inches: A4
_LEADING, _GAP = 1.4, 0.8  # times the size: from line to line, and between paragraphs


@dataclass(frozen=True)
class Scan:
    """A picture of a page, and the words that it shows, parted by single spaces."""

    image: Image.Image
    text: str
    dpi: int

    @classmethod
    def of(
        cls,
        paragraphs: Sequence[str],
        font: Path = SERIF,
        size: float = 12,
        dpi: int = 200,
        height: float = _PAGE[1],
    ) -> Scan:
        """Return a page as wide as A4 with as much of the text as fits.

        `size` is in points, `height` in inches.
        """
        drawn = ImageFont.truetype(str(font), size * dpi / 72)
        image = Image.new("L", (round(_PAGE[0] * dpi), round(height * dpi)), _WHITE)
        pen, shown, y = ImageDraw.Draw(image), [], 0.7 * dpi
        for paragraph in paragraphs:
            for line in _lines(paragraph, drawn, (_PAGE[0] - 2) * dpi):
                if y > (height - 0.6) * dpi:
                    break
                pen.text((dpi, y), line, font=drawn, fill=_BLACK)
                shown.append(line)
                y += _LEADING * size * dpi / 72
            y += _GAP * size * dpi / 72
        return cls(image, " ".join(shown), dpi)

    def skewed(self, degrees: float) -> Scan:
        """Return the page as it comes from a feeder that turned it, anticlockwise."""
        turned = self.image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=_WHITE)
        return replace(self, image=turned)

    def noisy(self, seed: int = 0) -> Scan:
        """Return the page as a poor copy shows it: blurred, grey, grainy and with specks."""
        random = np.random.default_rng(seed)
        blurred = self.image.filter(ImageFilter.GaussianBlur(self.dpi / 250))
        shades = np.asarray(blurred, dtype=np.float32) * 0.75 + 40
        shades += random.normal(0, 25, shades.shape)
        specks = random.random(shades.shape)
        shades[specks < 0.002], shades[specks > 0.998] = _BLACK, _WHITE
        return replace(self, image=Image.fromarray(shades.clip(0, _WHITE).astype(np.uint8)))

    def file(self, kind: str = "PNG") -> bytes:
        """Return the picture in one of Pillow's formats; "PDF" has one page of its size."""
        written = BytesIO()
        self.image.save(written, kind, resolution=self.dpi)
        return written.getvalue()


def _lines(text: str, font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    yield line
