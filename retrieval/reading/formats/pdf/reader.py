"""The reader of PDF files: memory is checked, pages are read and put together."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from retrieval.reading.draft import Draft
from retrieval.reading.formats.pdf.assembly import Assembly
from retrieval.reading.formats.pdf.headings import Typographies, Typography
from retrieval.reading.formats.pdf.hyphens import Hyphenation
from retrieval.reading.formats.pdf.page import Page
from retrieval.reading.formats.pdf.pages import pages_of
from retrieval.reading.formats.pdf.running_heads import without_running_heads
from retrieval.reading.formats.pdf.scans import with_scans_read
from retrieval.reading.formats.pdf.sheets import sheets_of
from retrieval.reading.formats.pdf.unpacking import check_memory
from retrieval.reading.recognition.recogniser import NO_PICTURES, Recogniser


def read(data: bytes, recogniser: Recogniser = NO_PICTURES) -> Draft:
    """Return the paragraphs of a PDF in reading order, without running heads and page numbers.

    A paragraph with a letter that the file names no character for is left out, and so is a page
    that is a picture which the recogniser cannot read; the draft's warnings name the pages.

    Raises:
        UnreadableError: The file needs a password, is all pictures that cannot be read, or names no
            characters.
        MemoryError: It unpacks to more than may be allocated.
        Exception: It is damaged.
    """
    check_memory(data)
    with _uncollected():
        return draft_of_pages(with_scans_read(data, pages_of(list(sheets_of(data))), recogniser))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the search for garbage in cycles: words and boxes are many and make none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def draft_of_pages(pages: Sequence[Page]) -> Draft:
    """Return the paragraphs of all pages; raises UnreadableError where none has text."""
    typography = Typography.of(line for page in pages for line in page.lines)
    pages = without_running_heads(pages, typography.body_size)
    hyphenation = Hyphenation(line.text for page in pages for line in page.lines)
    assembly = Assembly(Typographies.of(pages), hyphenation)
    for number, page in enumerate(pages, start=1):
        assembly.add(number, page)
    return assembly.draft()
