"""The other documents that are the same report: how many below an excerpt, which in its sources."""

from __future__ import annotations

from collections.abc import Sequence

from bot.citations import title_of
from bot.replies.markup import escaped, line
from bot.texts import Texts
from retrieval.documents import Document

LISTED = 4
TITLE_LIMIT, ORIGIN_LIMIT, NAME_LIMIT = 50, 40, 40


def counted(documents: Sequence[Document], texts: Texts) -> list[str]:
    """Return the line that tells how many documents say the same, none where none does."""
    if not documents:
        return []
    several = texts.also_in_some.format(count=len(documents))
    return [f"<i>{texts.also_in_one if len(documents) == 1 else several}</i>"]


def listed(documents: Sequence[Document], texts: Texts) -> list[str]:
    """Return lines that name the documents that say the same, the first of them."""
    if not documents:
        return []
    lines = [texts.also_in, *(f"• {_named(one, texts)}" for one in documents[:LISTED])]
    if len(documents) > LISTED:
        lines.append(texts.and_more.format(count=len(documents) - LISTED))
    return lines


def _named(document: Document, texts: Texts) -> str:
    known = document.source, texts.date(document.date)
    origin = line(", ".join(part for part in known if part), ORIGIN_LIMIT)
    title = line(title_of(document), TITLE_LIMIT)
    named = f"{title} — {origin}" if origin else title
    return escaped(f"{named} ({line(document.name, NAME_LIMIT)})")
