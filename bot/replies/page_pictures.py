"""The pages of a file as photos: what is said below each, or why there is none."""

from __future__ import annotations

from dataclasses import replace

from bot.citations import Citation
from bot.replies.origin import cited_origin
from bot.texts import Texts
from retrieval.page_pictures import PagePicture
from retrieval.refusals import Cause, UnreadableError


def picture_caption(citation: Citation, picture: PagePicture, texts: Texts) -> str:
    """Return the origin of a citation with this page, and whether the words are marked on it."""
    pages = (picture.number,)
    origin = cited_origin(replace(citation, pages=pages, quote_pages=pages), texts)
    return origin if picture.is_marked else f"{origin}\n{texts.page_not_marked}"


def not_drawn_reply(error: UnreadableError, texts: Texts) -> str:
    """Say why there is no picture of a page."""
    known = {Cause.CHANGED: texts.changed, Cause.NO_FILE: texts.gone}
    return known.get(error.cause, texts.page_not_drawn)
