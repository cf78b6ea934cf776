"""The buttons below a reply, and the data that each sends when it is pressed.

Data name what they are about by themselves, or stand for the message that they stand on; so a
button works as long as its message does. Telegram allows them 64 bytes, and 256 characters to
copy; what is longer, or an address that is none, would cost the whole reply.
"""

from __future__ import annotations

import re

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.citations import Citation
from bot.replies.answer_pages import AnswerPage
from bot.replies.collection_pages import CollectionPage
from bot.replies.document_pages import DocumentPage
from bot.replies.markup import ADDRESS_LIMIT, line, units
from bot.replies.quotations import Loss
from bot.texts import Texts
from retrieval.documents import HASH_DIGITS

PAGE = r"^more:(\d{1,3})$"
NEAREST = r"^near$"
SOURCES = r"^sources:(\d{1,3})$"
LISTED = r"^list:(\d{1,6})$"
RATED = r"^rate:(up|down)$"
READ = r"^read:([0-9a-f]{16}):(\d{1,9}):(\d{1,9})$"  # the cited words
TURNED = r"^turn:([0-9a-f]{16}):(\d{1,9}):(\d{1,9}):(\d{1,9})$"  # a passage's start, cited words

BACK, ON = "◀", "▶"
COPY_LIMIT = 256
CUT_TITLE = 50  # leaves room for some of the words
LONGEST_ADDRESS = 120
WEB_PAGE = re.compile(r"https?://[^\s/?#@:.]+(\.[^\s/?#@:.]+)+([:/?#]\S*)?")

Row = list[InlineKeyboardButton]


def answer_keyboard(page: AnswerPage, texts: Texts) -> InlineKeyboardMarkup:
    """Return what can be done with a page of an answer: read, turn, use the best, rate."""
    rating = [_button("👍", "rate:up"), _button("👎", "rate:down")] if page.answered else []
    # The longer labels two in a row: of three, phones cut the ends off.
    judging = [_button(texts.sources_button, f"sources:{page.number}"), *rating]
    rows = (_reading(page, texts), _using(page, texts), judging)
    return InlineKeyboardMarkup([row for row in rows if row])


def nearest_keyboard(texts: Texts) -> InlineKeyboardMarkup:
    """Return the offer to show the nearest passages where none answers."""
    return InlineKeyboardMarkup([[_button(texts.nearest_button, "near")]])


def sources_keyboard(page: AnswerPage, texts: Texts) -> InlineKeyboardMarkup | None:
    """Return a button for each citation that copies it, None where all are lost."""
    copies = [
        _copy(f"📋 [{number}]", quotation.citation, texts)
        for number, quotation in page.numbered()
        if not isinstance(quotation.passage, Loss)
    ]
    return InlineKeyboardMarkup([copies]) if copies else None


def document_keyboard(page: DocumentPage, texts: Texts) -> InlineKeyboardMarkup:
    """Return what can be done with a page of a document: turn it, copy and open its citation."""
    before, after = page.neighbours
    pages = [
        _button(label, _turn(page, passage.span.start))
        for label, passage in ((BACK, before), (ON, after))
        if passage
    ]
    citation = Citation.in_passage(page.passage, page.highlight or page.passage.span)
    using = [_copy(texts.copy_button, citation, texts), *_open(texts.open_button, citation)]
    return InlineKeyboardMarkup([row for row in (pages, using) if row])


def collection_keyboard(page: CollectionPage) -> InlineKeyboardMarkup | None:
    """Return what turns the list of documents, None where all of them are on one page."""
    back, on = turning("list", page.number, page.count)
    return InlineKeyboardMarkup([back + on]) if back + on else None


def turning(of: str, page: int, pages: int) -> tuple[Row, Row]:
    """Return the buttons that lead back and on, each none at its end; data are `of` and a page."""
    back = [_button(BACK, f"{of}:{page - 1}")] if page > 1 else []
    on = [_button(ON, f"{of}:{page + 1}")] if page < pages else []
    return back, on


def copied(citation: Citation, texts: Texts) -> str:
    """Return “words” — title, publisher, date, address, to be pasted into a text of one's own.

    Where that is too long, the title and the words are cut; an address too long is left out.
    """
    quote = " ".join(citation.quote.split())
    whole = f"“{quote}” — {_origin(citation, COPY_LIMIT, texts)}"
    if units(whole) <= COPY_LIMIT:
        return whole
    origin = _origin(citation, CUT_TITLE, texts)
    room = COPY_LIMIT - units(f"“” — {origin}")
    return f"“{line(quote, room)}” — {origin}"


def _reading(page: AnswerPage, texts: Texts) -> Row:
    found = [pair for pair in page.numbered() if not isinstance(pair[1].passage, Loss)]
    back, on = turning("more", page.number, page.count)
    alone = len(found) == 1 and not back + on
    reading = [
        _button(texts.read_button if alone else f"📖 [{number}]", _read(quotation.citation))
        for number, quotation in found
    ]
    return back + reading + on


def _using(page: AnswerPage, texts: Texts) -> Row:
    best, quotation = next(page.numbered())
    if isinstance(quotation.passage, Loss):
        return []
    label, citation = f" [{best}]" if len(page.quotations) > 1 else "", quotation.citation
    return [
        _copy(texts.copy_button + label, citation, texts),
        *_open(texts.open_button + label, citation),
    ]


def _read(citation: Citation) -> str:
    words = citation.highlight
    return f"read:{citation.hash[:HASH_DIGITS]}:{words.start}:{words.end}"


def _turn(page: DocumentPage, start: int) -> str:
    digits = page.document.hash[:HASH_DIGITS]
    return f"turn:{digits}:{start}:{page.cited.start}:{page.cited.end}"


def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)


def _copy(label: str, citation: Citation, texts: Texts) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, copy_text=CopyTextButton(copied(citation, texts)))


def _open(label: str, citation: Citation) -> Row:
    if len(citation.url) > ADDRESS_LIMIT or not WEB_PAGE.fullmatch(citation.url):
        return []
    return [InlineKeyboardButton(label, url=citation.url)]


def _origin(citation: Citation, longest_title: int, texts: Texts) -> str:
    known = (
        line(citation.title, longest_title),
        line(citation.source, 25),
        line(texts.date(citation.date), 20),
        citation.url if len(citation.url) <= LONGEST_ADDRESS else "",
    )
    return ", ".join(part for part in known if part)
