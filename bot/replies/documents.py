"""What administrators see of the documents: the list, which to remove, and whether really.

Pure functions. Buttons name a document by the digits of its name, for its text may change while
they stand in the chat.
"""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.citations import title_of
from bot.replies.buttons import turning
from bot.replies.collection_pages import CollectionPage
from bot.replies.markup import escaped, line
from bot.replies.replies import TITLE_LIMIT
from bot.texts import Texts
from retrieval.collection.uploads import is_upload, key_of
from retrieval.documents import Document
from retrieval.reading.formats import SUFFIXES

DOCUMENTS_PAGE = r"^documents:(\d{1,6})$"
FORGET_PAGE = r"^forget:page:(\d{1,6})$"
FORGET_ONE = r"^forget:([0-9a-f]{16})$"
FORGET_YES = r"^forget:([0-9a-f]{16}):yes$"
FORGET_NO = r"^forget:keep$"
LABEL_LIMIT = 60


def documents_list(page: CollectionPage, texts: Texts) -> str:
    """Return one page of the list; 📎 marks what came from the chat."""
    listed = [
        f"{number}. {'📎 ' if is_upload(document) else ''}{shown_title(document)}"
        for number, document in page.numbered()
    ]
    heading = texts.documents.format(count=page.total)
    how_to_add = texts.how_to_add.format(suffixes=", ".join(SUFFIXES))
    return "\n".join([heading, *listed, "", how_to_add])


def documents_keyboard(page: CollectionPage) -> InlineKeyboardMarkup | None:
    """Return what turns the list, None where all documents are on one page."""
    row = _turning("documents", page)
    return InlineKeyboardMarkup([row]) if row else None


def choice_keyboard(page: CollectionPage) -> InlineKeyboardMarkup:
    """Return a button for each document that may be removed, and what turns the page."""
    rows = [
        [_button(line(title_of(document), LABEL_LIMIT), f"forget:{key_of(document)}")]
        for document in page.documents
    ]
    row = _turning("forget:page", page)
    return InlineKeyboardMarkup([*rows, row] if row else rows)


def removal_question(document: Document, texts: Texts) -> str:
    """Ask whether a document shall be removed."""
    return texts.forget_sure.format(title=shown_title(document))


def removal_keyboard(document: Document, texts: Texts) -> InlineKeyboardMarkup:
    """Return the two answers to that."""
    remove = _button(texts.forget_button, f"forget:{key_of(document)}:yes")
    return InlineKeyboardMarkup([[remove, _button(texts.keep_button, "forget:keep")]])


def shown_title(document: Document) -> str:
    """Return a document's title on one line, as HTML."""
    return escaped(line(title_of(document), TITLE_LIMIT))


def _turning(of: str, page: CollectionPage) -> list[InlineKeyboardButton]:
    back, on = turning(of, page.number, page.count)
    return back + on


def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)
