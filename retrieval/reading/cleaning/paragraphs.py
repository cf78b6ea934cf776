"""Pasted text -> whole paragraphs of one line each.

A line break is a wrap if the next word would not have fitted into the line. A paragraph is the
rest of an earlier one if that one ends without a stop and this one begins with a small letter; the
caption of a picture may stand between the two. Both kinds of cut are joined again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from retrieval.language.words import normal
from retrieval.reading.cleaning.lines import (
    is_boilerplate,
    is_caption,
    is_credit,
    is_ended,
    is_item,
    is_row,
    stands_alone,
    starts_lower,
)
from retrieval.reading.draft import Paragraph, ParagraphKind

_NARROWEST, _WIDEST = 40, 140  # in characters: how wide a hard-wrapped text may be
_NEARLY = 0.85  # this share of the width, for printed letters are not equally wide
_CUT_WORDS = 8  # a shorter line without a stop is not the start of a cut sentence
_LONGEST = 20_000  # characters; a longer paragraph without a stop is no prose
_MOST_CAPTIONS = 3  # between the two parts of a sentence

_BREAKS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_SOFT_HYPHEN = re.compile("\xad[ \t]*\n?")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
_SPACES = re.compile(r"[^\S\n]+")


def paragraphs_of(pasted: Iterable[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs that `pasted` holds, one line each, without boilerplate."""
    return [
        replace(paragraph, text=text)
        for paragraph in pasted
        for block in _blocks(tidy(paragraph.text))
        for text in _unwrapped(block)
    ]


def tidy(text: str) -> str:
    """Return `text` in NFC, with plain line breaks and spaces, without invisible characters."""
    text = _SOFT_HYPHEN.sub("", _BREAKS.sub("\n", text))
    text = normal(_INVISIBLE.sub("", text))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))


def rejoined(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Join sentences that were cut in two by a blank line or by a picture with its caption."""
    whole: list[Paragraph] = []
    for paragraph in paragraphs:
        cut = _cut_before(whole) if _is_rest(paragraph) else None
        if cut is None:
            whole.append(paragraph)
        else:
            first, rest = whole[cut].text, paragraph.text
            whole[cut] = replace(whole[cut], text=first + _gap(first, rest) + rest)
    return whole


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield runs of lines without a blank line or boilerplate between them."""
    block: list[str] = []
    for line in text.split("\n"):
        goes_on = bool(block) and starts_lower(line) and not is_ended(block[-1])
        if line and (goes_on or not is_boilerplate(line)):
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _unwrapped(lines: list[str]) -> list[str]:
    """Join the lines that a hard wrap had cut."""
    width = max(len(line) for line in lines)
    pieces = lines[:1]
    for line, following in pairwise(lines):
        gap = _gap(line, following) if _is_wrapped(line, following, width) else "\n"
        pieces += [gap, following]
    return "".join(pieces).split("\n")


def _is_wrapped(line: str, following: str, width: int) -> bool:
    if stands_alone(line) or stands_alone(following) or is_item(following):
        return False
    if is_credit(following) or (starts_lower(following) and not is_ended(line)):
        return True
    needed = len(line) + 1 + len(following.split(maxsplit=1)[0])
    return _NARROWEST <= width <= _WIDEST and needed > _NEARLY * width


def _gap(first: str, rest: str) -> str:
    """Return what joins two parts of a sentence: a space, or nothing after a word's hyphen."""
    hyphenated = first.endswith("-") and first[-2:-1].isalpha() and starts_lower(rest)
    return "" if hyphenated else " "


def _is_rest(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return _is_running(paragraph) and starts_lower(text) and not is_item(text)


def _cut_before(paragraphs: list[Paragraph]) -> int | None:
    """Return the place of the last running prose if it ends within a sentence."""
    for i in reversed(range(max(0, len(paragraphs) - 1 - _MOST_CAPTIONS), len(paragraphs))):
        if _is_running(paragraphs[i]):
            return i if _is_cut(paragraphs[i].text) else None
        if not is_caption(paragraphs[i].text):
            return None
    return None


def _is_cut(text: str) -> bool:
    if is_ended(text) or text.endswith(":") or len(text) > _LONGEST:
        return False
    return text.endswith(",") or len(text.split(maxsplit=_CUT_WORDS)) >= _CUT_WORDS


def _is_running(paragraph: Paragraph) -> bool:
    return (
        paragraph.kind is ParagraphKind.PROSE
        and not is_row(paragraph.text)
        and not is_caption(paragraph.text)
    )
