"""How a document is cited."""

import json
from dataclasses import replace

import pytest

from retrieval.documents import Document, Heading, Passage, Span, Table
from retrieval.pages import PageStart
from retrieval.refusals import Cause, ReadingWarning

NEWS = Document("họp.md", "Họp.", title="Họp báo", date="2021-09-29", source="TTXVN")


@pytest.mark.parametrize(
    ("document", "citation"),
    [
        (NEWS, "Họp báo (TTXVN, 2021-09-29)"),
        (replace(NEWS, source=""), "Họp báo (2021-09-29)"),
        (replace(NEWS, source="", date=""), "Họp báo"),
        (Document("b.txt", "Một."), "b.txt"),
    ],
)
def test_a_document_is_cited_by_what_is_known_of_it(document: Document, citation: str) -> None:
    assert document.citation == citation


LAW = Document(
    "luật.txt",
    "Luật Chợ nổi\n\nChương I\n\nĐiều 1\n\nMột.\n\nĐiều 2\n\nHai.\n\nChương II\n\nBa.",
    title="Luật chợ nổi",
)
LEVELS = (("Luật Chợ nổi", 1), ("Chương I", 1), ("Điều 1", 2), ("Điều 2", 2), ("Chương II", 1))


def law() -> Document:
    starts = [(LAW.text.index(f"{words}\n"), words, level) for words, level in LEVELS]
    headings = tuple(Heading(Span(at, at + len(words)), level) for at, words, level in starts)
    return replace(LAW, headings=headings)


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("Luật Chợ nổi", []),
        ("Chương I", ["Chương I"]),
        ("Một.", ["Chương I", "Điều 1"]),
        ("Hai.", ["Chương I", "Điều 2"]),
        ("Ba.", ["Chương II"]),
    ],
)
def test_the_path_is_of_the_headings_that_hold_there_without_the_title(
    words: str, path: list[str]
) -> None:
    document = law()
    at = document.text.index(words)
    assert [one.span.of(document.text) for one in document.path_at(at)] == path


def test_a_passage_has_the_headings_that_hold_at_its_end() -> None:
    document = law()
    span = Span(document.text.index("Điều 2"), document.text.index("Hai.") + 4)
    assert Passage(document, span, (span,)).headings == ("Chương I", "Điều 2")


def test_a_document_comes_back_from_its_record() -> None:
    document = replace(
        NEWS,
        headings=(Heading(Span(0, 4), 2),),
        tables=(Table(Span(0, 4), Span(0, 2)),),
        captions=(Span(1, 2),),
        origins=(Span(2, 4),),
        page_starts=(PageStart(0, 1),),
        recognised=(Span(0, 4),),
        left_out=("Chia sẻ",),
        warnings=(ReadingWarning(Cause.PICTURE_PAGES, {"pages": "2"}),),
    )
    record = json.loads(json.dumps(document.to_record()))
    assert Document.from_record(record) == document
