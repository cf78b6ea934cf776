"""The lines above an excerpt: its document's title, publisher and date, and its place in it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.citations import Citation
from bot.replies.markup import escaped, line, link, units
from bot.texts import Texts
from retrieval.documents import Document

TITLE_LIMIT = 120
SOURCE_LIMIT = 60
DATE_LIMIT = 20
PATH_LIMIT = 90
_ARROW = " › "


def origin(title: str, of: Document | Citation, texts: Texts, has_to_be_dated: bool = False) -> str:
    """Return the title, linked where there is an address, then publisher and date if known.

    Args:
        title: The document's title, or what stands for it.
        of: Where publisher, date and address are known from.
        texts: The language in which the date is written.
        has_to_be_dated: Whether a date that is not known is told.
    """
    date = texts.date(of.date) or (texts.undated if has_to_be_dated else "")
    known = (line(of.source, SOURCE_LIMIT), line(date, DATE_LIMIT))
    published = ", ".join(part for part in known if part)
    linked = link(line(title, TITLE_LIMIT), of.url)
    return f"{linked} — <i>{escaped(published)}</i>" if published else linked


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
