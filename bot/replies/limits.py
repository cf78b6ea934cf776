"""What a question limits the documents to, as a reply tells it."""

from __future__ import annotations

from bot.replies.markup import escaped, line
from bot.texts import Texts
from retrieval.scopes import Scope

SOURCE_LIMIT = 60


def limits(scope: Scope, texts: Texts) -> str:
    """Return the limits as they follow "documents", as HTML; empty where there are none."""
    known = [texts.period(scope.period)] if scope.period else []
    if scope.source:
        source = escaped(line(scope.source, SOURCE_LIMIT))
        known.append(texts.published_by.format(source=source))
    return ", ".join(known)
