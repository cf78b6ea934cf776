"""The lines above an excerpt: its document's title, publisher, date and page, and its headings."""

from __future__ import annotations

from collections.abc import Sequence

from bot.citations import Citation, title_of
from bot.replies.markup import escaped, line, link, units
from bot.texts import Texts
from retrieval.documents import Document

TITLE_LIMIT = 120
SOURCE_LIMIT = 60
DATE_LIMIT = 20
PAGES_LIMIT = 50
COLLECTION_LIMIT = 40
PATH_LIMIT = 90
_ARROW = " › "


def origin(document: Document, texts: Texts, collection: str = "") -> str:
    """Return the document's title, linked where there is an address, publisher and date.

    `collection` is the title of its collection, empty where it is not told.
    """
    known = [*_shown_collection(collection), *published(document, texts)]
    return _origin(title_of(document), document.url, known)


def cited_origin(
    citation: Citation, texts: Texts, has_to_be_dated: bool = False, collection: str = ""
) -> str:
    """Return the same of a citation, with the pages of its passage.

    The link to a PDF opens it at the page of the quoted sentence. Where the citation
    `has_to_be_dated`, a date that is not known is told.
    """
    known = [*_shown_collection(collection), *published(citation, texts, has_to_be_dated)]
    known += place(citation, citation.pages, texts)
    return _origin(citation.title, citation.address, known)


def published(of: Document | Citation, texts: Texts, has_to_be_dated: bool = False) -> list[str]:
    """Return publisher and date, each where it is known; or that the date is not known."""
    date = texts.date(of.date) or (texts.undated if has_to_be_dated else "")
    known = (line(of.source, SOURCE_LIMIT), line(date, DATE_LIMIT))
    return [part for part in known if part]


def place(citation: Citation, pages: Sequence[int], texts: Texts) -> list[str]:
    """Return where in the file the cited text stands: "tr. 3–4"; nothing where it has no pages.

    What was recognised in a picture says so: "nhận dạng chữ từ ảnh, trang 3".
    """
    if citation.recognised:
        return [line(texts.recognised_on(pages), PAGES_LIMIT)]
    return [line(texts.pages(pages), PAGES_LIMIT)] if pages else []


def headed(heading: str, headings: Sequence[str]) -> str:
    """Return the line that names a document, and below it the headings above the excerpt.

    Where they are too long together, the highest ones are left out first.

    Args:
        heading: The line, as HTML.
        headings: The headings above the excerpt, the highest first.
    """
    shown = list(headings)
    while len(shown) > 1 and units(_ARROW.join(shown)) > PATH_LIMIT:
        del shown[0]
    path = line(_ARROW.join(shown), PATH_LIMIT)
    return f"{heading}\n› {escaped(path)}" if path else heading


def _shown_collection(title: str) -> list[str]:
    return [line(title, COLLECTION_LIMIT)] if title else []


def _origin(title: str, address: str, known: Sequence[str]) -> str:
    linked = link(line(title, TITLE_LIMIT), address)
    return f"{linked} — <i>{escaped(', '.join(known))}</i>" if known else linked
