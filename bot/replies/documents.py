"""What administrators see of the documents: the list, which to remove, and whether really.

A button names a document by the digits of its name's hash, for its text may change while the
button stands in the chat.
"""

from __future__ import annotations

from collections.abc import Callable

from telegram import InlineKeyboardMarkup

from bot.citations import title_of
from bot.replies.buttons import Row, button, turning_buttons
from bot.replies.callback_data import (
    ButtonData,
    Keep,
    Remove,
    RemoveSurely,
    TurnDocuments,
    TurnRemovable,
)
from bot.replies.markup import escaped, line
from bot.replies.origin import TITLE_LIMIT
from bot.replies.sources import CollectionPage
from bot.texts import Texts
from retrieval.collection.uploads import is_upload, key_of
from retrieval.documents import Document
from retrieval.reading.formats import SUFFIXES

LABEL_LIMIT = 60


def documents_reply(page: CollectionPage, texts: Texts) -> str:
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
    row = _turning(TurnDocuments, page)
    return InlineKeyboardMarkup([row]) if row else None


def choice_keyboard(page: CollectionPage) -> InlineKeyboardMarkup:
    """Return a button for each document that may be removed, and what turns the page."""
    rows = [
        [button(line(title_of(document), LABEL_LIMIT), Remove(key_of(document)))]
        for document in page.documents
    ]
    row = _turning(TurnRemovable, page)
    return InlineKeyboardMarkup([*rows, row] if row else rows)


def removal_question(document: Document, texts: Texts) -> str:
    """Ask whether a document shall be removed."""
    return texts.forget_sure.format(title=shown_title(document))


def removal_keyboard(document: Document, texts: Texts) -> InlineKeyboardMarkup:
    """Return the two answers to that."""
    remove = button(texts.forget_button, RemoveSurely(key_of(document)))
    return InlineKeyboardMarkup([[remove, button(texts.keep_button, Keep())]])


def shown_title(document: Document) -> str:
    """Return a document's title on one line, as HTML."""
    return escaped(line(title_of(document), TITLE_LIMIT))


def _turning(turn: Callable[[int], ButtonData], page: CollectionPage) -> Row:
    back, on = turning_buttons(turn, page.number, page.count)
    return back + on
