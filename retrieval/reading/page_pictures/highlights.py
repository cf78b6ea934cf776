"""A page's picture with a highlighter's colour over some boxes, as a JPEG."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from retrieval.reading.page_pictures.pieces import Box

Pixels = npt.NDArray[np.uint8]
"""A picture, (height, width, 3): red, green and blue."""

_COLOUR = (255, 226, 80)
_OPACITY = 0.12  # what shows of it on black, so that light text on dark paper is marked as well
_MARGIN = 0.1  # of a box's height, around it
_MOST_BYTES = 400_000
_QUALITIES = (80, 60, 40)
_SHRUNK = 0.75  # times width and height, where no quality is enough


def highlighted(picture: Pixels, boxes: Iterable[Box]) -> Pixels:
    """Return the picture with the boxes in colour; what is printed there stays to be read."""
    is_marked = np.zeros(picture.shape[:2], dtype=np.bool_)
    for box in boxes:
        margin = _MARGIN * (box.bottom - box.top)
        rows = slice(max(0, round(box.top - margin)), max(0, round(box.bottom + margin)))
        columns = slice(max(0, round(box.left - margin)), max(0, round(box.right + margin)))
        is_marked[rows, columns] = True
    colour = np.array(_COLOUR, dtype=np.float32)
    under = picture[is_marked].astype(np.float32)
    marked = picture.copy()
    marked[is_marked] = under * colour / 255 * (1 - _OPACITY) + colour * _OPACITY
    return marked


def jpeg_of(picture: Pixels) -> bytes:
    """Return the picture as a JPEG of at most 400 kB, coarser or smaller where it must be."""
    image = Image.fromarray(picture)
    while True:
        for quality in _QUALITIES:
            file = BytesIO()
            image.save(file, "JPEG", quality=quality)
            if file.tell() <= _MOST_BYTES:
                return file.getvalue()
        image = image.resize([max(1, round(_SHRUNK * side)) for side in image.size])
