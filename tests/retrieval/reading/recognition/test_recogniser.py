"""The recogniser: what keeps a picture from being read, without the program itself."""

from __future__ import annotations

import pytest
from PIL import Image

from retrieval.reading.recognition.picture import Picture
from retrieval.reading.recognition.recogniser import NO_PICTURES, Recogniser, UnrecognisedError
from retrieval.reading.recognition.words import GAP
from retrieval.refusals import Cause
from tests.helpers.fake_tesseract import FakeTesseract, table

SURE, NOISE = table("The:95 fee:94 has:93 risen:96 fcll:30"), table("Jhc:20 fcc:30")


def picture() -> Picture:
    return Picture(Image.new("L", (40, 60), 255), 200)


def cause(recogniser: Recogniser, pixels: int = 2400) -> Cause:
    with pytest.raises(UnrecognisedError) as error:
        recogniser.text(pixels, picture)
    return error.value.cause


def within(seconds: float, *tables: str, upside_down: int = 0) -> Recogniser:
    return Recogniser.within(FakeTesseract(tables=list(tables), upside_down=upside_down), seconds)


def test_the_words_of_a_picture() -> None:
    text = within(300, SURE).text(2400, picture)
    assert [word.text for word in text.words] == ["The", "fee", "has", "risen", GAP]
    assert (text.height, text.dpi) == (60, 200)


def test_a_picture_that_lies_on_its_side_is_turned() -> None:
    recogniser = within(300, NOISE, SURE, upside_down=1)
    assert recogniser.text(2400, picture).height == 40
    assert isinstance(recogniser.tesseract, FakeTesseract)
    assert [each.image.size for each in recogniser.tesseract.seen] == [(40, 60), (60, 40)]


def test_why_a_picture_is_not_read() -> None:
    assert cause(NO_PICTURES) is Cause.PICTURE_PAGES_OFF
    assert cause(Recogniser.within(None, 300)) is Cause.PICTURE_PAGES
    assert cause(within(300, NOISE)) is Cause.UNSURE_PAGES
    assert cause(within(300, table("|:95"))) is Cause.BLANK_PAGES
    assert cause(within(300)) is Cause.UNREAD_PAGES  # the program failed


def test_a_picture_that_is_too_large_or_too_late_is_not_made() -> None:
    def unmade() -> Picture:
        raise AssertionError

    for recogniser, pixels in ((within(300, SURE), 10**9), (within(1, SURE), 2400)):
        with pytest.raises(UnrecognisedError) as error:
            recogniser.text(pixels, unmade)
        assert error.value.cause is Cause.UNREAD_PAGES
