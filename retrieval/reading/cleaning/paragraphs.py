"""Pasted text -> whole paragraphs of one line each, without boilerplate.

A paragraph is the rest of an earlier one if that one ends without a stop and this one begins with
a small letter; the caption of a picture may stand between the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from retrieval.reading.cleaning.characters import tidy
from retrieval.reading.cleaning.lines import (
    is_boilerplate,
    is_caption,
    is_ended,
    is_item,
    is_row,
    starts_lower,
)
from retrieval.reading.cleaning.wraps import is_cut, joined, unwrapped
from retrieval.reading.draft import Draft, Paragraph, ParagraphKind

_MOST_CAPTIONS = 3  # between the two parts of a sentence
_GAP = re.compile(r"(?<=\S) *(?:\t| {4})[ \t]*(?=\S)")  # between two columns


def paragraphs_of(pasted: Iterable[Paragraph]) -> Draft:
    """Return the paragraphs that `pasted` holds, one line each, and the boilerplate left out."""
    paragraphs: list[Paragraph] = []
    left_out: list[str] = []
    for paragraph in pasted:
        words = 0
        for block in _blocks(tidy(_with_rows(paragraph.text)), left_out):
            for each in unwrapped(block):
                is_told = paragraph.kind is not ParagraphKind.PROSE
                kind = paragraph.kind if is_told else each.kind
                paragraphs.append(
                    replace(paragraph.part(each.text, words), kind=kind, level=each.level)
                )
                words += len(each.text.split())
    return Draft(tuple(paragraphs), left_out=tuple(left_out))


def rejoined(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Join sentences that were cut in two by a blank line or by a picture with its caption."""
    whole: list[Paragraph] = []
    for paragraph in paragraphs:
        cut = _cut_before(whole) if _is_rest(paragraph) else None
        if cut is None:
            whole.append(paragraph)
        else:
            text = joined(whole[cut].text, paragraph.text)
            whole[cut] = whole[cut].followed_by(paragraph, text)
    return whole


def _with_rows(text: str) -> str:
    """Make rows of a table of neighbouring lines that tabs or wide gaps divide into columns."""
    lines = text.split("\n")
    divided = [False, *(_GAP.search(line) is not None for line in lines), False]
    for i, line in enumerate(lines, start=1):
        if divided[i] and (divided[i - 1] or divided[i + 1]):
            lines[i - 1] = _GAP.sub(" | ", line)
    return "\n".join(lines)


def _blocks(text: str, left_out: list[str]) -> Iterator[list[str]]:
    """Yield runs of lines without a blank line or boilerplate between, which goes to `left_out`."""
    block: list[str] = []
    for line in text.split("\n"):
        goes_on = bool(block) and starts_lower(line) and not is_ended(block[-1])
        if line and (goes_on or not is_boilerplate(line)):
            block.append(line)
            continue
        if any(char.isalnum() for char in line):
            left_out.append(line)
        if block:
            yield block
            block = []
    if block:
        yield block


def _is_rest(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return _is_running(paragraph) and starts_lower(text) and not is_item(text)


def _cut_before(paragraphs: list[Paragraph]) -> int | None:
    """Return the place of the last running prose if it ends within a sentence."""
    for i in reversed(range(max(0, len(paragraphs) - 1 - _MOST_CAPTIONS), len(paragraphs))):
        if _is_running(paragraphs[i]):
            return i if is_cut(paragraphs[i].text) else None
        if not is_caption(paragraphs[i].text):
            return None
    return None


def _is_running(paragraph: Paragraph) -> bool:
    return (
        paragraph.kind in (ParagraphKind.PROSE, ParagraphKind.LINE)
        and not is_row(paragraph.text)
        and not is_caption(paragraph.text)
    )
