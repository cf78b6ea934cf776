"""Image files: their pictures, upright and in shades of grey.

An image says its size before it is decoded. So one of a billion pixels, a decompression bomb, costs
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from retrieval.reading.recognition.picture import POINTS, Picture

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP")
_PAGE_HEIGHT = 842  # points: the longer side of A4, which the longer side of an image stands for
_WHITE = 255

Image.MAX_IMAGE_PIXELS = None  # the recogniser compares sizes with a limit of its own


@dataclass(frozen=True, slots=True)
class ImageFrame:
    """One picture of a file, not decoded yet; a TIFF file may have several."""

    image: Image.Image
    number: int

    @property
    def pixels(self) -> int:
        """How many pixels it has."""
        self.image.seek(self.number)
        return self.image.width * self.image.height

    def upright(self) -> Image.Image:
        """Decode it as it is seen, in colours; raises OSError and others where it is damaged."""
        self.image.seek(self.number)
        return _on_white(ImageOps.exif_transpose(self.image)).convert("RGB")

    def picture(self) -> Picture:
        """Decode it for recognition; raises as `upright` does."""
        grey = self.upright().convert("L")
        return Picture(grey, max(grey.size) * POINTS / _PAGE_HEIGHT)


def frames_of(data: bytes) -> Iterator[ImageFrame]:
    """Yield the pictures of an image file; raises what Pillow raises where it is damaged."""
    image = Image.open(BytesIO(data), formats=_FORMATS)
    yield from (ImageFrame(image, number) for number in range(_count(image)))


def _count(image: Image.Image) -> int:
    """Return the number of pages; the frames of an animation are one."""
    return getattr(image, "n_frames", 1) if image.format == "TIFF" else 1


def _on_white(image: Image.Image) -> Image.Image:
    """Return the image without transparent parts, which would be black."""
    if not image.has_transparency_data:
        return image
    with_alpha = image.convert("RGBA")
    ground = Image.new("RGBA", image.size, (_WHITE,) * 4)
    return Image.alpha_composite(ground, with_alpha)
