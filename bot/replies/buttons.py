"""The buttons that stand below several replies: to turn pages, to copy and to open a citation.

Telegram allows 256 characters to copy. A text that is longer, or an address that is none, would
cost the whole reply.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from telegram import CopyTextButton, InlineKeyboardButton

from bot.citations import Citation
from bot.replies.callback_data import ButtonData, ShowPage
from bot.replies.markup import ADDRESS_LIMIT, line, units
from bot.replies.origin import place
from bot.texts import Texts
from retrieval.page_pictures import have_pictures
from retrieval.pages import listed

BACK, ON = "◀", "▶"
COPY_LIMIT = 256
CUT_TITLE = 50  # leaves room for some of the words
LONGEST_ADDRESS = 120
LONGEST_LABEL = 40
WEB_PAGE = re.compile(r"https?://[^\s/?#@:.]+(\.[^\s/?#@:.]+)+([:/?#]\S*)?")

Row = list[InlineKeyboardButton]


def button(label: str, data: ButtonData) -> InlineKeyboardButton:
    """Return a button that carries `data`."""
    return InlineKeyboardButton(label, callback_data=data.write())


def turning_buttons(turn: Callable[[int], ButtonData], page: int, pages: int) -> tuple[Row, Row]:
    """Return the buttons that lead back and on, none at an end.

    Args:
        turn: Makes the data of the button that leads to a page.
        page: The page that is shown, from 1.
        pages: How many pages there are.
    """
    back = [button(BACK, turn(page - 1))] if page > 1 else []
    on = [button(ON, turn(page + 1))] if page < pages else []
    return back, on


def copy_button(label: str, citation: Citation, texts: Texts) -> InlineKeyboardButton:
    """Return a button that copies a citation."""
    return InlineKeyboardButton(label, copy_text=CopyTextButton(copied(citation, texts)))


def open_buttons(label: str, citation: Citation) -> Row:
    """Return a button that opens a citation's web page, none where it has no sound address."""
    if len(citation.address) > ADDRESS_LIMIT or not WEB_PAGE.fullmatch(citation.address):
        return []
    return [InlineKeyboardButton(label, url=citation.address)]


def page_label(citation: Citation, texts: Texts, number: int | None = None) -> str | None:
    """Return what a button says that shows the pages of the quoted sentence.

    Args:
        citation: What is shown.
        texts: The texts of a language.
        number: The citation's number, None where it needs none.

    Returns:
        The label; None where the file's pages cannot be drawn, or it has none.
    """
    if not (citation.quote_pages and have_pictures(citation.document)):
        return None
    if number is None:
        label = texts.page_button.format(pages=listed(citation.quote_pages))
    else:
        label = f"🖼 [{number}] {texts.pages(citation.quote_pages)}"
    return line(label, LONGEST_LABEL)


def page_buttons(citation: Citation, texts: Texts, number: int | None = None) -> Row:
    """Return the button of that label, none where there is no label."""
    label = page_label(citation, texts, number)
    return [button(label, ShowPage(citation.digits, *citation.highlight.pair))] if label else []


def copied(citation: Citation, texts: Texts) -> str:
    """Return “words” — title, publisher, date, pages, address, to be pasted into another text.

    Where that is too long, the title and the words are cut; an address too long is left out.
    """
    quote = " ".join(citation.quote.split())
    whole = f"“{quote}” — {_origin(citation, COPY_LIMIT, texts)}"
    if units(whole) <= COPY_LIMIT:
        return whole
    origin = _origin(citation, CUT_TITLE, texts)
    room = COPY_LIMIT - units(f"“” — {origin}")
    return f"“{line(quote, room)}” — {origin}"


def _origin(citation: Citation, longest_title: int, texts: Texts) -> str:
    known = (
        line(citation.title, longest_title),
        line(citation.source, 25),
        line(texts.date(citation.date), 20),
        *place(citation, citation.quote_pages, texts),
        citation.address if len(citation.address) <= LONGEST_ADDRESS else "",
    )
    return ", ".join(part for part in known if part)
