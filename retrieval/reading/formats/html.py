"""Web pages, read by trafilatura: the main text, and what the page says of itself.

Navigation, scripts and comments are left out. trafilatura would leave out captions as well, so
they are made paragraphs beforehand. Only dates that the page declares are taken.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

import trafilatura

from retrieval.reading.cleaning.lines import is_title, is_url
from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind
from retrieval.reading.formats.text import decode
from retrieval.reading.refusals import Cause, UnreadableError

for _library in ("trafilatura", "htmldate", "courlan"):  # they log every page that is odd
    logging.getLogger(_library).setLevel(logging.CRITICAL)

Element = Any  # lxml ships no types

_SPACES = re.compile(r"\s+")
_BLOCKS = ("div", "li", "td", "th")
_HOLDERS = (
    "p",
    "head",
    "list",
    "item",
    "quote",
    "table",
    "row",
    "div",
)  # elements of its XML that hold text


def read(data: bytes) -> Draft:
    """Return the main text of a page with its title, date, publisher and address.

    Raises UnreadableError where the page has no main text or its encoding is not certain.
    """
    page = _parsed(decode(data))
    _set_line_breaks(page)
    captions = _free_captions(page)
    found = trafilatura.bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        favor_recall=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or isinstance(found, dict):
        raise UnreadableError(Cause.NO_MAIN_TEXT)
    metadata = Metadata(
        title=found.title if found.title and is_title(found.title) else "",
        date=found.date or "",
        source=found.sitename or "",
        url=found.url if found.url and is_url(found.url) else "",
    )
    return Draft(tuple(_paragraphs(found.body, captions)), metadata)


def _parsed(text: str) -> Element:
    page = trafilatura.load_html(text)
    return trafilatura.load_html(f"<html><body>{text}</body></html>") if page is None else page


def _set_line_breaks(page: Element) -> None:
    """Make spaces of the source's line breaks, which mean nothing, and break around blocks."""
    for element in page.iter():
        around = "\n" if element.tag in _BLOCKS else ""
        element.text = around + _SPACES.sub(" ", element.text or "")
        element.tail = around + _SPACES.sub(" ", element.tail or "")


def _free_captions(page: Element) -> set[str]:
    """Make paragraphs of the pictures' captions, and return their texts."""
    captions = list(page.iter("figcaption"))
    for figure in page.iter("figure"):
        figure.tag = "div"
    for caption in captions:
        caption.tag = "p"
    return {_one_line("".join(caption.itertext())) for caption in captions}


def _paragraphs(element: Element, captions: set[str]) -> Iterator[Paragraph]:
    """Yield the paragraphs of an element of trafilatura's own XML, in reading order."""
    if element.tag == "row":
        yield Paragraph(" | ".join(_one_line(" ".join(cell.itertext())) for cell in element))
        return
    text = element.text or ""
    for child in element:
        if child.tag in _HOLDERS:
            yield _paragraph(element, text, captions)
            yield from _paragraphs(child, captions)
            text = ""
        else:
            text += "\n" if child.tag == "lb" else "".join(child.itertext())
        text += child.tail or ""
    yield _paragraph(element, text, captions)


def _paragraph(element: Element, text: str, captions: set[str]) -> Paragraph:
    if element.tag == "head":
        return Paragraph(_one_line(text), ParagraphKind.HEADING)
    if _one_line(text) in captions:
        return Paragraph(_one_line(text), ParagraphKind.CAPTION)
    return Paragraph(f"- {text.strip()}" if element.tag == "item" and text.strip() else text)


def _one_line(text: str) -> str:
    return " ".join(text.split())
