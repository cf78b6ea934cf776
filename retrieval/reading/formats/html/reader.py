"""The reader of web pages: the steps from bytes to a draft."""

from __future__ import annotations

from collections.abc import Iterable

from retrieval.reading.cleaning.lines import is_url
from retrieval.reading.draft import Draft, Metadata
from retrieval.reading.formats.html.banners import drop_banners
from retrieval.reading.formats.html.block import Block, paragraphs_of
from retrieval.reading.formats.html.blocks import blocks_of
from retrieval.reading.formats.html.charset import decode
from retrieval.reading.formats.html.main import main_blocks
from retrieval.reading.formats.html.page import Declared, Element, declared_by, load, main_text
from retrieval.reading.formats.html.titles import headline
from retrieval.reading.formats.html.visible import drop_hidden
from retrieval.refusals import Cause, UnreadableError


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
    metadata = _metadata(declared, _headline_of(page, blocks, declared.titles))
    return Draft(tuple(paragraphs_of(main_blocks(page, blocks, main_text(page)))), metadata)


def _headline_of(page: Element, blocks: Iterable[Block], titles: Iterable[str]) -> str:
    """Return the first heading of level 1, preferably one within the main text.

    One above the main text that ends a longer declared title is the site's name.
    """
    tops = [block for block in blocks if block.level == 1]
    mains = [element for tag in ("article", "main") for element in page.iter(tag)]
    inner = {element for main in mains for element in main.iter("h1")}
    for top in tops:
        if top.element in inner:
            return top.text
    first = tops[0].text if tops else ""
    ends_title = any(title.endswith(first) and title != first for title in titles)
    return "" if mains and ends_title else first


def _metadata(declared: Declared, heading: str) -> Metadata:
    found = headline(declared.titles, heading, declared.site)
    named = declared.site and not declared.is_site_a_host
    return Metadata(
        title=found.title,
        date=declared.date,
        source=declared.site if named else found.publisher or declared.site,
        url=declared.url if is_url(declared.url) else "",
    )
