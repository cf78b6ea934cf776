"""Scanned pages: rendered and recognised where the letters of a page do not say what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from math import sqrt

from retrieval.reading.formats.pdf import pdfium
from retrieval.reading.formats.pdf.legibility import is_text, shows_more, text_of
from retrieval.reading.formats.pdf.page import HOLE, Page
from retrieval.reading.formats.pdf.pdfium import Handle
from retrieval.reading.formats.pdf.recognised_page import recognised_page
from retrieval.reading.recognition.picture import DPI, POINTS, Picture
from retrieval.reading.recognition.recogniser import Recogniser, UnrecognisedError
from retrieval.refusals import Cause

_MOST_PIXELS = 20_000_000  # of a rendered page: A2 at 200 an inch
_COARSEST, _FINEST = 75, 300  # pixels an inch
_MORE = 2.0  # times the letters that the file has: then the picture shows text of its own


def with_scans_read(data: bytes, pages: Sequence[Page], recogniser: Recogniser) -> list[Page]:
    """Return the pages of a PDF, with the recognised text of those that show more than they say.

    A page that cannot be recognised stays as it is. `unread` tells why.
    """
    if not any(map(shows_more, pages)):
        return list(pages)
    with closing(pdfium.opened(data)) as document:
        return [
            _read(document, number, page, recogniser) if shows_more(page) else page
            for number, page in enumerate(pages)
        ]


def _read(document: Handle, number: int, page: Page, recogniser: Recogniser) -> Page:
    text = text_of(page)
    try:
        found = recogniser.text(page.pixels, partial(_rendered, document, number, page.dpi))
    except UnrecognisedError as error:
        # Of a page with letters it is not certain that its picture shows text as well.
        is_told = HOLE in text or (is_text(text) and error.cause is Cause.BLANK_PAGES)
        return page if is_told else replace(page, unread=error.cause)
    recognised = recognised_page(found)
    letters = text_of(recognised)
    says_more = HOLE in text or len(letters) >= _MORE * len(text)
    return recognised if says_more and is_text(letters) else page


def _rendered(document: Handle, number: int, dpi: float) -> Picture:
    """Return a page as it is shown, as fine as its images, coarser where the page is huge.

    `dpi` is that of its images, 0 where it has none.
    """
    fine = min(max(dpi or DPI, _COARSEST), _FINEST)
    with closing(document[number]) as page:
        width, height = page.get_size()
        scale = min(fine / POINTS, sqrt(_MOST_PIXELS / max(1.0, width * height)))
        with closing(page.render(scale=scale, grayscale=True)) as bitmap:
            return Picture(bitmap.to_pil().copy(), scale * POINTS)
