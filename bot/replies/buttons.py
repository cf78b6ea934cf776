"""The buttons that stand below several replies: to turn pages, to copy and to open a citation.

Telegram allows 256 characters to copy. A text that is longer, or an address that is none, would
cost the whole reply.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from telegram import CopyTextButton, InlineKeyboardButton

from bot.citations import Citation
from bot.replies.callback_data import ButtonData
from bot.replies.markup import ADDRESS_LIMIT, line, units
from bot.replies.origin import place
from bot.texts import Texts

BACK, ON = "◀", "▶"
COPY_LIMIT = 256
CUT_TITLE = 50  # leaves room for some of the words
LONGEST_ADDRESS = 120
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
