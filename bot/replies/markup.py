"""Text as Telegram takes it: escaped, measured and cut in the units that Telegram counts.

Telegram's limits count UTF-16 code units of the text without its tags: a letter is one unit, most
emoji are two. Text is cut before it is escaped, so that no tag, entity or surrogate pair is torn.
"""

from __future__ import annotations

import html
import re

ADDRESS_LIMIT = 2048
ELLIPSIS = "…"
# Embeddings, overrides and isolates: left open, they would turn around the words behind them.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def escaped(text: str) -> str:
    """Return the HTML that shows `text` as it is; fit for content, not for an attribute."""
    return html.escape(text, quote=False)


def link(text: str, url: str) -> str:
    """Return the HTML that shows `text`, leading to `url` if that is a web address.

    One of more than 2,048 characters leads nowhere: not every client or browser takes it.
    """
    if len(url) > ADDRESS_LIMIT or not re.match(r"https?://[^\s/]", url):
        return escaped(text)
    address = escaped(url).replace('"', "&quot;")
    return f'<a href="{address}">{escaped(text)}</a>'


def units(text: str) -> int:
    """Return the length of plain text in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def beginning(text: str, limit: int) -> str:
    """Return the beginning of `text` that fits into `limit` units, whole words where possible."""
    if units(text) <= limit:
        return text
    fitting = text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", errors="ignore")
    words = re.match(r".*\S(?=\s)", text[: len(fitting) + 1], re.DOTALL)
    return words[0] if words else fitting


def line(text: str, limit: int) -> str:
    """Return `text` on one line of at most `limit` units, with "…" where it had to be cut.

    What would change the direction of the words behind it is left out.
    """
    folded = " ".join(_TURNING.sub("", text).split())
    if units(folded) <= limit:
        return folded
    return beginning(folded, limit - len(ELLIPSIS)) + ELLIPSIS
