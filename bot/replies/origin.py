"""The line that names a document above its words: title, publisher and date."""

from __future__ import annotations

from bot.citations import Citation
from bot.replies.markup import escaped, line, link
from bot.texts import Texts
from retrieval.documents import Document

TITLE_LIMIT = 120
SOURCE_LIMIT = 60
DATE_LIMIT = 20


def origin(title: str, of: Document | Citation, texts: Texts) -> str:
    """Return the title, linked where there is an address, then publisher and date if known.

    Args:
        title: The document's title, or what stands for it.
        of: Where publisher, date and address are known from.
        texts: The language in which the date is written.
    """
    known = (line(of.source, SOURCE_LIMIT), line(texts.date(of.date), DATE_LIMIT))
    published = ", ".join(part for part in known if part)
    linked = link(line(title, TITLE_LIMIT), of.url)
    return f"{linked} — <i>{escaped(published)}</i>" if published else linked
