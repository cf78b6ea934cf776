"""What /documents and /forget reply: the list, which document to remove, and what became of it.

A button names a document by the digits of its name's hash, for its text may change while the
button stands in the chat.
"""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from bot.citations import title_of
from bot.replies.buttons import button, turning_buttons
from bot.replies.callback_data import (
    Keep,
    Remove,
    RemoveSurely,
    TurnDocuments,
    TurnRemovable,
)
from bot.replies.collection import CollectionPage, turning_keyboard
from bot.replies.markup import escaped, line
from bot.replies.origin import TITLE_LIMIT
from bot.texts import Texts
from retrieval.collection.uploads import is_article, is_upload, key_of
from retrieval.documents import Document
from retrieval.reading.formats import MAIN_SUFFIXES

LABEL_LIMIT = 60


def documents_reply(page: CollectionPage, texts: Texts) -> str:
    """Return one page of the list; 📎 marks what came from the chat, 📰 what came from feeds."""
    listed = [
        f"{number}. {_mark(document)}{shown_title(document)}"
        for number, document in page.numbered()
    ]
    heading = texts.documents.format(count=page.total)
    how_to_add = texts.how_to_add.format(suffixes=", ".join(MAIN_SUFFIXES))
    return "\n".join([heading, *listed, "", how_to_add])


def documents_keyboard(page: CollectionPage) -> InlineKeyboardMarkup | None:
    """Return the buttons that turn the list, None where all documents are on one page."""
    return turning_keyboard(TurnDocuments, page)


def choice_keyboard(page: CollectionPage) -> InlineKeyboardMarkup:
    """Return a button for each document that may be removed, and those that turn the page."""
    rows = [
        [button(line(title_of(document), LABEL_LIMIT), Remove(key_of(document)))]
        for document in page.documents
    ]
    back, on = turning_buttons(TurnRemovable, page.number, page.count)
    return InlineKeyboardMarkup([*rows, back + on] if back + on else rows)


def removal_question(document: Document, texts: Texts) -> str:
    """Return the question whether to remove a document."""
    return texts.forget_sure.format(title=shown_title(document))


def removal_keyboard(document: Document, texts: Texts) -> InlineKeyboardMarkup:
    """Return the buttons that confirm or cancel the removal."""
    remove = button(texts.forget_button, RemoveSurely(key_of(document)))
    return InlineKeyboardMarkup([[remove, button(texts.keep_button, Keep())]])


def removed_reply(document: Document, texts: Texts) -> str:
    """Say that a document was removed."""
    return texts.forgotten.format(title=shown_title(document))


def not_removed_reply(document: Document, reason: str, texts: Texts) -> str:
    """Say that a document could not be removed, and why."""
    return texts.forget_failed.format(title=shown_title(document), reason=escaped(reason))


def still_indexed_reply(document: Document, reason: str, texts: Texts) -> str:
    """Say that a document's file is removed, but the index still holds it, and why."""
    return texts.forget_still_indexed.format(title=shown_title(document), reason=escaped(reason))


def _mark(document: Document) -> str:
    if is_article(document):
        return "📰 "
    return "📎 " if is_upload(document) else ""


def shown_title(document: Document) -> str:
    """Return a document's title on one line, as HTML."""
    return escaped(line(title_of(document), TITLE_LIMIT))
