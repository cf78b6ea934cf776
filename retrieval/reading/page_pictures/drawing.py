"""The bytes of a file -> pictures of some of its pages, with the quoted words marked.

Only the worker calls this, in a process of its own: see `retrieval.reading.sandbox`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePosixPath

from retrieval.page_pictures import PagePicture, QuotedWords
from retrieval.reading.page_pictures.alignment import found
from retrieval.reading.page_pictures.highlights import highlighted, jpeg_of
from retrieval.reading.page_pictures.image_pages import ImagePages
from retrieval.reading.page_pictures.pdf_pages import PdfPages
from retrieval.reading.page_pictures.pieces import Box, Piece, around
from retrieval.refusals import Cause, UnreadableError

_MOST_PAGES = 3  # of a quote
_ALIKE = 0.6  # of the larger font: sizes of pieces that are marked in one box

log = logging.getLogger(__name__)


def draw(name: str, data: bytes, words: QuotedWords) -> tuple[PagePicture, ...]:
    """Return the pages that the words stand on, or their first three, with the words marked.

    Args:
        name: The document's name; its suffix tells the format.
        data: The file's bytes.
        words: What is marked; where it is uncertain where they stand, nothing is.

    Raises:
        UnreadableError: The file is damaged, or has no such page.
        MemoryError: Drawing takes more than the process may have.
    """
    suffix = PurePosixPath(name).suffix.lower()
    kind = PdfPages if suffix == ".pdf" else ImagePages
    try:
        with kind.opened(data) as pages:
            return tuple(_drawn(pages, words))
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # a broken file fails in more ways than PDFium documents
        log.debug("A page cannot be drawn", exc_info=True)
        raise UnreadableError(Cause.DAMAGED, suffix=suffix) from error


def _drawn(pages: PdfPages | ImagePages, words: QuotedWords) -> Iterator[PagePicture]:
    marks = marked_boxes(pages, words)
    for number in sorted(marks) or words.pages[:_MOST_PAGES]:
        picture = highlighted(pages.picture(number), marks.get(number, ()))
        yield PagePicture(number, jpeg_of(picture), is_marked=number in marks)


def marked_boxes(pages: PdfPages | ImagePages, words: QuotedWords) -> dict[int, list[Box]]:
    """Return by their numbers the pages that the words stand on, with their boxes in the pictures.

    The next page is looked at too: the end of a word that a page's end cuts stands there.
    """
    numbers = words.pages[:_MOST_PAGES]
    pieces = [piece for number in numbers for piece in pages.pieces(number)]
    marked = found(words, pieces)
    if not marked and numbers[-1] < len(pages):
        marked = found(words, [*pieces, *pages.pieces(numbers[-1] + 1)])
    by_page = groupby(sorted(marked, key=lambda piece: piece.page), lambda piece: piece.page)
    return {number: list(_boxes(of_page)) for number, of_page in by_page}


def _boxes(pieces: Iterable[Piece]) -> Iterator[Box]:
    """Yield a box around the pieces of each line; a drop cap has one of its own."""
    run: list[Piece] = []
    for piece in pieces:
        if run and not _is_beside(run[-1], piece):
            yield around(each.box for each in run)
            run = []
        run.append(piece)
    if run:
        yield around(each.box for each in run)


def _is_beside(before: Piece, piece: Piece) -> bool:
    smaller, larger = sorted((before.size, piece.size))
    return (before.page, before.line) == (piece.page, piece.line) and smaller >= _ALIKE * larger
