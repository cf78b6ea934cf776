"""The pages of a file that a document's text stands on, as citations name them.

Pages are the file's own, counted from 1: a page without text has a number too. What a format calls
a page is up to its reader: a page of a PDF, a slide, a sheet.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageStart:
    """From the code point `offset` of a text on, up to the next start, it stands on this page.

    The pages mostly ascend. They do not where a paragraph ends on the next page and the footnotes
    of its first page come after it.
    """

    offset: int
    page: int


def pages_between(starts: Sequence[PageStart], start: int, end: int) -> tuple[int, ...]:
    """Return the pages, ascending, that the text from `start` up to `end` stands on.

    None where the text has no pages. `starts` are in the order of the text.
    """
    first = max(0, bisect_right(starts, start, key=_offset) - 1)
    last = max(first + 1, bisect_left(starts, end, key=_offset))
    return tuple(sorted({each.page for each in starts[first:last]}))


def without_repeats(starts: Iterable[PageStart]) -> Iterator[PageStart]:
    """Yield the starts that begin another page than the one before."""
    page = None
    for start in starts:
        if start.page != page:
            yield start
        page = start.page


def listed(pages: Iterable[int]) -> str:
    """Return ascending page numbers as a citation has them.

    >>> listed([3]), listed([3, 4, 5, 8])
    ('3', '3–5, 8')
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _offset(start: PageStart) -> int:
    return start.offset
