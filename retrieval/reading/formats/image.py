"""Photos and scans in image files: each picture is a page whose text is recognised.

A file may be a TIFF with several pages.
"""

from __future__ import annotations

from retrieval.reading.draft import Draft
from retrieval.reading.formats.pdf.page import Page
from retrieval.reading.formats.pdf.reader import draft_of_pages
from retrieval.reading.formats.pdf.recognised_page import recognised_page
from retrieval.reading.recognition.image_files import ImageFrame, frames_of
from retrieval.reading.recognition.recogniser import NO_PICTURES, Recogniser, UnrecognisedError


def read(data: bytes, recogniser: Recogniser = NO_PICTURES) -> Draft:
    """Return the text that an image file shows, in paragraphs with the numbers of its pages.

    Raises:
        UnreadableError: No page gives text: it shows none, cannot be read with certainty or within
            the limits, or no picture is read here.
        Exception: The file is damaged.
    """
    return draft_of_pages([_page(frame, recogniser) for frame in frames_of(data)])


def _page(frame: ImageFrame, recogniser: Recogniser) -> Page:
    try:
        return recognised_page(recogniser.text(frame.pixels, frame.picture))
    except UnrecognisedError as error:
        return Page(0.0, 0.0, (), has_picture=True, unread=error.cause)
