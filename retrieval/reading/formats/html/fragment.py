"""A page that is all text, such as a chapter or a message: every block of it is read."""

from __future__ import annotations

from retrieval.reading.draft import Paragraph
from retrieval.reading.formats.html.block import paragraphs_of
from retrieval.reading.formats.html.blocks import blocks_of
from retrieval.reading.formats.html.page import load
from retrieval.reading.formats.html.visible import drop_hidden


def paragraphs_in(html: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a page or a part of one, without what is hidden."""
    page = load(f"<html><body>{html}</body></html>") if html.strip() else None
    if page is None:
        return ()
    drop_hidden(page)
    return tuple(paragraphs_of(blocks_of(page)))
