"""The mark is right: on the pages of a hundred sentences the characters under it are theirs."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing

import pypdfium2
import pytest
from pypdfium2 import raw

from retrieval.documents import Document, Span
from retrieval.page_pictures import QuotedWords
from retrieval.passages import passages_of
from retrieval.reading.cleaning.characters import skeleton
from retrieval.reading.page_pictures.drawing import marked_boxes
from retrieval.reading.page_pictures.pdf_pages import PdfPages
from retrieval.reading.page_pictures.pieces import Box
from retrieval.reading.parser import parse
from tests.helpers.pdf_bytes import Drawn, Text, drawn_pdf, lines_at, pdf
from tests.helpers.printed_prose import ENGLISH, VIETNAMESE, sentences, wrapped

LONGEST_SIDE = 1600  # pixels of a picture


def columns() -> bytes:
    """Two columns on each of two pages, below a running head; the text goes on behind both."""
    lines = wrapped(" ".join(sentences(ENGLISH, 24, seed=1)), 38)
    quarter = len(lines) // 4 + 1
    parts = [lines[i : i + quarter] for i in range(0, len(lines), quarter)]
    head = [Text(60, 770, "Annual report of the reading room", 9)]
    return drawn_pdf(
        *(
            Drawn([*head, *lines_at(60, 720, *left), *lines_at(380, 720, *right)])
            for left, right in (parts[:2], parts[2:])
        )
    )


def columns_row_by_row() -> bytes:
    """Two columns whose lines are drawn in pairs, one of each."""
    lines = wrapped(" ".join(sentences(ENGLISH, 14, seed=2)), 38)
    half = len(lines) // 2 + 1
    left, right = lines_at(60, 720, *lines[:half]), lines_at(380, 720, *lines[half:])
    pairs = [text for row in zip(left, right, strict=False) for text in row]
    return drawn_pdf(Drawn([*pairs, *left[len(right) :]]))


def hyphenated() -> bytes:
    lines = wrapped(" ".join(sentences(ENGLISH, 18, seed=3)), 48, hyphenated=True)
    assert sum(line.endswith("-") for line in lines) > 5
    return drawn_pdf(Drawn(lines_at(60, 720, *lines)))


def pages() -> bytes:
    """Three pages in one column with a running head and numbers."""
    lines = wrapped(" ".join(sentences(ENGLISH, 24, seed=4)), 70)
    third = len(lines) // 3 + 1

    def page(number: int, start: int) -> Drawn:
        head = [Text(60, 770, "Rules for the lamps of the ferry"), Text(330, 30, f"{number}")]
        return Drawn([*head, *lines_at(60, 720, *lines[start : start + third])])

    return drawn_pdf(*(page(n, start) for n, start in enumerate(range(0, len(lines), third), 1)))


def turned() -> bytes:
    """A page turned for the reader, and a page whose text runs upwards."""
    first, second = sentences(ENGLISH, 8, seed=5), sentences(ENGLISH, 8, seed=6)
    upwards = wrapped(" ".join(second), 80)
    return drawn_pdf(
        Drawn(lines_at(60, 720, *wrapped(" ".join(first), 80)), rotate=90),
        Drawn([Text(100 + 15 * i, 60, line, angle=90) for i, line in enumerate(upwards)]),
    )


def table() -> bytes:
    """A ruled table with cells of several lines."""
    rows = [
        (f"Ward {name}", wrapped(text, 30), str(317 + 41 * i))
        for i, (name, text) in enumerate(zip("ABCDEF", sentences(ENGLISH, 6, seed=7), strict=True))
    ]
    texts, rules, top = [], [], 720.0
    for name, cell, number in [("Ward", ["What was done there"], "Parcels"), *rows]:
        bottom = top - 16 * len(cell) - 8
        texts += [Text(64, top - 14, name), *lines_at(164, top - 14, *cell)]
        texts.append(Text(404, top - 14, number))
        rules += [f"60 {y} m 500 {y} l S" for y in (top, bottom)]
        rules += [f"{x} {top} m {x} {bottom} l S" for x in (60, 160, 400, 500)]
        top = bottom
    return drawn_pdf(Drawn(texts, "\n".join(rules)))


def vietnamese() -> bytes:
    """Letters from two fonts, in which the words of a browser's print are set, over two pages."""
    lines = wrapped(" ".join(sentences(VIETNAMESE, 24, seed=8)), 70)
    half = len(lines) // 2
    return pdf(lines[:half], lines[half:])


def alike() -> bytes:
    """The same sentence in several paragraphs."""
    told = "The lamp was lit again before noon."
    paragraphs = [f"{one} {told}" for one in sentences(ENGLISH, 6, seed=9)]
    lines = [line for one in paragraphs for line in (*wrapped(one, 60), "")]
    return drawn_pdf(Drawn(lines_at(60, 720, *lines)))


MAKERS = (columns, columns_row_by_row, hyphenated, pages, turned, table, vietnamese, alike)


def spans(document: Document) -> list[Span]:
    return [span for passage in passages_of(document) for span in passage.sentences]


def read_back(data: bytes, marks: Mapping[int, Sequence[Box]]) -> str:
    """Return the letters and digits whose middle lies under a mark, in the order of the marks."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        return skeleton(
            "".join(
                char
                for number in sorted(marks)
                for char in _under(document[number - 1], marks[number])
            )
        )


def _under(page: pypdfium2.PdfPage, boxes: Sequence[Box]) -> Iterator[str]:
    scale = LONGEST_SIDE / max(page.get_size())
    width, height = (round(scale * side) for side in page.get_size())
    with closing(page), closing(page.get_textpage()) as text:
        for box in boxes:
            for i in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(i)
                x, y = ctypes.c_int(), ctypes.c_int()
                middle = (left + right) / 2, (bottom + top) / 2
                raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, *middle, x, y)
                if box.left <= x.value <= box.right and box.top <= y.value <= box.bottom:
                    yield chr(raw.FPDFText_GetUnicode(text, i))


@pytest.mark.parametrize("make", MAKERS)
def test_the_characters_under_the_mark_are_the_sentence_s(make: Callable[[], bytes]) -> None:
    data = make()
    document = parse("a.pdf", data)
    with PdfPages.opened(data) as opened:
        for span in spans(document):
            words = QuotedWords.of(document, span)
            assert read_back(data, marked_boxes(opened, words)) == skeleton(words.text)


def test_these_are_more_than_a_hundred_sentences() -> None:
    documents = [parse("a.pdf", make()) for make in MAKERS]
    assert sum(len(spans(document)) for document in documents) > 100


def test_sentences_go_on_behind_columns_and_pages() -> None:
    document = parse("a.pdf", columns())
    over = [span for span in spans(document) if document.pages_of(span) == (1, 2)]
    assert len(over) == 1
    with PdfPages.opened(columns()) as opened:
        marks = marked_boxes(opened, QuotedWords.of(document, over[0]))
    assert sorted(marks) == [1, 2]
