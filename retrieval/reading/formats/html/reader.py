"""The reader of web pages: the steps from bytes to a draft."""

from __future__ import annotations

from collections.abc import Iterable

from retrieval.reading.cleaning.lines import is_url
from retrieval.reading.draft import Draft, Metadata, Paragraph
from retrieval.reading.formats.html.banners import drop_banners
from retrieval.reading.formats.html.blocks import Block, blocks_of, paragraphs_of
from retrieval.reading.formats.html.charset import decode
from retrieval.reading.formats.html.main import main_blocks
from retrieval.reading.formats.html.page import Declared, Element, declared_by, load, main_text
from retrieval.reading.formats.html.titles import headline
from retrieval.reading.formats.html.visible import drop_hidden
from retrieval.reading.refusals import Cause, UnreadableError


def read(data: bytes) -> Draft:
    """Return the main text of a page with its title, date, publisher and address.

    Raises:
        UnreadableError: the page has no visible text, or its encoding is not certain.
    """
    page = load(decode(data))
    declared = declared_by(page)
    drop_hidden(page)
    drop_banners(page)
    blocks = blocks_of(page)
    if not blocks:
        raise UnreadableError(Cause.NO_MAIN_TEXT)
    metadata = _metadata(declared, _first_heading(page, blocks))
    return Draft(tuple(paragraphs_of(main_blocks(page, blocks, main_text(page)))), metadata)


def _first_heading(page: Element, blocks: Iterable[Block]) -> str:
    """Return the text of the first heading of level 1, preferably one within the main text."""
    tops = [block for block in blocks if block.level == 1]
    mains = [element for tag in ("article", "main") for element in page.iter(tag)]
    inner = {element for main in mains for element in main.iter("h1")}
    best = [block for block in tops if block.element in inner] or tops
    return best[0].text if best else ""


def _metadata(declared: Declared, heading: str) -> Metadata:
    found = headline(declared.titles, heading, declared.site)
    named = declared.site and not declared.is_site_a_host
    return Metadata(
        title=found.title,
        date=declared.date,
        source=declared.site if named else found.publisher or declared.site,
        url=declared.url if is_url(declared.url) else "",
    )
