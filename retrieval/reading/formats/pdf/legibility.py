"""Whether the letters of a page say what it shows: told from a scan and from unknown fonts."""

from __future__ import annotations

from retrieval.reading.formats.pdf.page import HOLE, Page

_FEWEST_FIGURES = 12  # of a page without letters
_MOST_HOLES = 0.3  # of a page's letters; the rest of such a page is left out as well
_SCANNED = 0.7  # of a page's area that a scan covers
_STAMP = 300  # characters of a signature's stamp, which a scan may have as text


def text_of(page: Page) -> str:
    """Return all letters of a page."""
    return "".join([line.text for line in page.lines + page.asides])


def is_text(text: str) -> bool:
    """Tell whether there is a letter, or figures enough to be more than the number of a page."""
    return any(map(str.isalpha, text)) or sum(map(str.isdigit, text)) >= _FEWEST_FIGURES


def is_holed(text: str) -> bool:
    """Tell whether too many of a page's letters are unknown for the rest to be read."""
    return text.count(HOLE) > _MOST_HOLES * len(text)


def shows_more(page: Page) -> bool:
    """Tell whether a page may show text that is not among its letters."""
    text = text_of(page)
    if not is_text(text):
        return page.has_picture or HOLE in text
    return is_holed(text) or (page.covered >= _SCANNED and len(text) <= _STAMP)
