"""Pictures made ready: level, upright and as fine as is good for them."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from retrieval.reading.recognition.picture import Picture


def lined(width: int = 800, height: int = 1000) -> Image.Image:
    """A page with lines of text that are black bars."""
    image = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(image)
    for y in range(150, height - 150, 30):
        pen.rectangle((100, y, width - 100, y + 12), fill=0)
    return image


@pytest.mark.parametrize("degrees", [-3.0, -1.0, 2.0])
def test_slanting_lines_are_made_level(degrees: float) -> None:
    slanting = lined().rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    level = Picture(slanting, 200).straightened().image
    darkest = np.asarray(level)[150:850, 100:700].min(axis=1)
    assert (darkest > 128).mean() > 0.4  # the spaces between the bars are free of ink


def test_what_is_level_stays_as_it_is() -> None:
    picture = Picture(lined(), 200)
    assert picture.straightened() is picture


def test_an_empty_page_stays_as_it_is() -> None:
    picture = Picture(Image.new("L", (50, 80), 255), 200)
    assert picture.straightened() is picture


def test_a_fine_picture_is_made_coarser_and_no_other_finer() -> None:
    fine, coarse = Picture(lined(), 400).smoothed(), Picture(lined(), 150).smoothed()
    assert (fine.image.size, fine.dpi) == ((400, 500), 200)
    assert (coarse.image.size, coarse.dpi) == ((800, 1000), 150)


def test_a_speck_fades() -> None:
    image = Image.new("L", (9, 9), 255)
    image.putpixel((4, 4), 0)
    assert np.asarray(Picture(image, 150).smoothed().image).min() > 128


def test_turned_clockwise() -> None:
    image = Image.new("L", (2, 3))
    image.putpixel((0, 0), 9)
    turned = Picture(image, 200).turned(1).image
    assert (turned.size, turned.getpixel((2, 0))) == ((3, 2), 9)


def test_the_file_for_the_program() -> None:
    image = Image.new("L", (2, 1), 7)
    assert Picture(image, 200).pgm == b"P5\n2 1\n255\n\x07\x07"
