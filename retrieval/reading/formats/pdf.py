"""PDFs, read by pdfminer.six: its text boxes are the paragraphs, in reading order.

pdfminer places every letter by itself. This keeps Vietnamese words whole even where a page takes
"Vi", "ệ" and "t" from three fonts. It reads columns one after the other.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable

from pdfminer.high_level import extract_pages
from pdfminer.layout import LTComponent, LTTextContainer
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from retrieval.reading.cleaning.lines import is_ended
from retrieval.reading.draft import Draft, Paragraph
from retrieval.refusals import Cause, UnreadableError

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it logs every font that is odd

_NO_LETTER = re.compile(r"\(cid:\d+\)")  # what pdfminer writes for a glyph without a character
_NUMBER = re.compile(r"\d+")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)


def read(data: bytes) -> Draft:
    """Return the paragraphs of a PDF, without lines that are repeated from page to page.

    Raises UnreadableError where it is encrypted or holds only pictures.
    """
    try:
        pages = [_boxes(page) for page in extract_pages(io.BytesIO(data))]
    except (PDFEncryptionError, PDFPasswordIncorrect) as error:
        raise UnreadableError(Cause.ENCRYPTED) from error
    if not any(char.isalpha() for page in pages for box in page for char in box):
        raise UnreadableError(Cause.PICTURES)
    return Draft(tuple(Paragraph(text) for text in _running_text(_without_running_heads(pages))))


def _boxes(page: Iterable[LTComponent]) -> list[str]:
    texts = [box.get_text() for box in page if isinstance(box, LTTextContainer)]
    return [_NO_LETTER.sub("", text).translate(_LIGATURES).strip() for text in texts]


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Drop boxes that stand on most pages; page numbers are alike, whatever their digits."""
    counts = Counter(form for page in pages for form in {_form(box) for box in page})
    repeated = {form for form, count in counts.items() if form and count > max(1, len(pages) / 2)}
    return [[box for box in page if _form(box) not in repeated] for page in pages]


def _form(box: str) -> str:
    """Return what a running head has in common on all pages; empty for a sentence."""
    return "" if is_ended(box) else _NUMBER.sub("0", box)


def _running_text(pages: list[list[str]]) -> list[str]:
    """Return all boxes; where a page ends within a sentence, two are joined by a line break."""
    texts: list[str] = []
    for page in pages:
        if texts and page and not is_ended(texts[-1]):
            texts[-1] += "\n" + page[0]
            page = page[1:]
        texts += page
    return texts
