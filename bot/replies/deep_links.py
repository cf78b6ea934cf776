"""Links that open a citation: https://t.me/<bot>?start=src_<hash>_<start>_<end>.

With `page` in place of `src` they open the page of a file on which it stands.

A link names words by the document they stand in, not by an answer: it shows the document's own
words and nothing of the question for which they were cited. Telegram allows 64 letters, digits, "_"
and "-" behind `start=`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.documents import HASH_DIGITS, Span

TO_WORDS, TO_PAGE = "src", "page"  # what a link opens


@dataclass(frozen=True, slots=True)
class Place:
    """Some words of a document: the first digits of its text's hash, and where they stand in it."""

    document: str
    span: Span


def payload_of(digits: str, span: Span, opens: str = TO_WORDS) -> str:
    """Return what stands behind `start=` in a link to the words at `span`, or to their page."""
    return f"{opens}_{digits}_{span.start}_{span.end}"


def link_to(username: str, digits: str, span: Span, opens: str = TO_WORDS) -> str:
    """Return the address that opens the words at `span` in the chat with the bot `username`."""
    return f"https://t.me/{username}?start={payload_of(digits, span, opens)}"


def followed_pattern(opens: str) -> str:
    """Return the regular expression of the command that Telegram sends for a followed link."""
    return rf"^/start(?:@\w+)?\s+{opens}_([0-9a-f]{{{HASH_DIGITS}}})_(\d{{1,9}})_(\d{{1,9}})\s*$"


def place_in(command: str, opens: str = TO_WORDS) -> Place | None:
    """Return where a followed link leads; `command` is the "/start src_…" that Telegram sends."""
    if followed := re.match(followed_pattern(opens), command):
        return Place(followed[1], Span(int(followed[2]), int(followed[3])))
    return None
