"""Tables of a cleaned draft: which row names the columns, and its repetition in a long table.

Formats that mark column heads tell them. Elsewhere the first row of a table is judged by the rows
below it. A long table has its heads repeated between its rows, as a printed one has on every page,
so that each row is found and read with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.documents import Span, Table
from retrieval.reading.cleaning.lines import is_row
from retrieval.reading.draft import Paragraph, ParagraphKind

COMPARED_ROWS = 3
"""Rows that tell whether the row above them names the columns."""

_LONGEST_PART = 100  # words of the rows below one row of heads, which fit into one passage
_LONGEST_HEADS = 30  # words; longer ones are not repeated
_LONGEST_LINE = 2000  # characters; a longer one is no row that is looked at
_BARS = re.compile(r"\s*\|\s*")
_SIGNS = re.compile(r"\t|;|,(?!\s)")
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"(?=[^\d]*\d)[\d\s.,/:%()+–-]{1,60}")
_NAME = re.compile(r"[^\W\d_][\w\s./%°-]*(?:\([^()]*\))?")  # of a column, and no code

Placed = tuple[Paragraph, Span]
"""A paragraph, and where it stands in the document's text."""


def with_heads(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs, with column heads marked as such and repeated in long tables."""
    told: list[Paragraph] = []
    for run in _runs(paragraphs):
        if run and _is_part(run[0]) and not _is_head(run[0]) and _names_columns(run):
            run[0] = replace(run[0], kind=ParagraphKind.HEADER_ROW)
        told += _repeated(run)
    return told


def tables_of(placed: Sequence[Placed]) -> Iterator[Table]:
    """Yield the rows below each run of column heads, with these heads."""
    i = 0
    while i < len(placed):
        heads = i
        while i < len(placed) and _is_head(placed[i][0]):
            i += 1
        if i == heads:
            i += 1
            continue
        head = Span(placed[heads][1].start, placed[i - 1][1].end)
        while i < len(placed) and _is_part(placed[i][0]) and not _is_head(placed[i][0]):
            i += 1
        yield Table(Span(head.start, placed[i - 1][1].end), head)


def _runs(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Yield each table's rows together, those below other heads apart, and the rest one by one."""
    run: list[Paragraph] = []
    for paragraph in paragraphs:
        begins = _is_head(paragraph) and not (run and _is_head(run[-1]))
        if run and (begins or not (_is_part(paragraph) and _is_part(run[-1]))):
            yield run
            run = []
        run.append(paragraph)
    if run:
        yield run


def _is_head(paragraph: Paragraph) -> bool:
    return paragraph.kind is ParagraphKind.HEADER_ROW


def _is_part(paragraph: Paragraph) -> bool:
    """Tell whether the paragraph is a row of a table."""
    if paragraph.kind is ParagraphKind.HEADER_ROW:
        return True
    if paragraph.kind not in (ParagraphKind.PROSE, ParagraphKind.LINE):
        return False
    return len(_cells(paragraph)) > 1


def _cells(paragraph: Paragraph) -> list[str]:
    """Return the cells of a row: between bars, or in a line of values between commas."""
    if len(paragraph.text) > _LONGEST_LINE:
        return []
    if is_row(paragraph.text):
        return _BARS.split(paragraph.text.strip(" |"))
    if paragraph.kind is not ParagraphKind.LINE:
        return []
    cells = _SIGNS.split(paragraph.text)
    return cells if all(cells) else []


def _names_columns(run: Sequence[Paragraph]) -> bool:
    """Tell whether the first row of a table names its columns; it has as many cells as the rest."""
    heads, *rows = [_cells(row) for row in run[: COMPARED_ROWS + 1]]
    if not rows or any(len(row) != len(heads) for row in rows):
        return False
    if not (is_row(run[0].text) or all(map(_NAME.fullmatch, heads))):
        return False
    return names_columns(heads, rows)


def names_columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row names the columns of the rows below it, which have as many cells.

    It does where words or years stand above nothing but numbers in two rows or more. Without
    figures it also does where one column holds figures in all these rows, or where there are more
    than two: a table of two columns may as well hold a name and a value in each row.
    """
    columns = list(zip(*rows, strict=True)) if len(rows) > 1 else []
    if any(map(_names_numbers, heads, columns)):
        return True
    if any(_FIGURE.search(head) for head in heads):
        return False
    return len(heads) > 2 or any(all(map(_FIGURE.search, column)) for column in columns)


def _names_numbers(head: str, column: Sequence[str]) -> bool:
    """Tell whether words, or a year that heads no other years, stand above numbers alone."""
    is_year = _YEAR.fullmatch(head) and not all(map(_YEAR.fullmatch, column))
    return bool(_LETTER.search(head) or is_year) and all(map(_NUMBER.fullmatch, column))


def _repeated(run: list[Paragraph]) -> list[Paragraph]:
    """Return a table's rows with its heads above each part of about equal length."""
    heads = [row for row in run if _is_head(row)]
    rows = run[len(heads) :]
    sizes = [_size(row) for row in rows]
    own = sum(map(_size, heads))
    if not heads or own > _LONGEST_HEADS or own + sum(sizes) <= _LONGEST_PART:
        return run
    room = _LONGEST_PART - own
    aim = sum(sizes) / -(-sum(sizes) // room)
    repeated, filled = list(heads), 0
    for row, size in zip(rows, sizes, strict=True):
        if filled and (filled + size > room or filled + size / 2 > aim):
            repeated += heads
            filled = 0
        repeated.append(row)
        filled += size
    return repeated


def _size(paragraph: Paragraph) -> int:
    return len(paragraph.text.split())
