"""How a document is cited."""

import json
from dataclasses import replace

import pytest

from retrieval.documents import Document, Span
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


def test_a_document_comes_back_from_its_record() -> None:
    document = replace(
        NEWS,
        headings=(Span(0, 4),),
        captions=(Span(1, 2),),
        origins=(Span(2, 4),),
        left_out=("Chia sẻ",),
        warnings=(ReadingWarning(Cause.PICTURE_PAGES, {"pages": "2"}),),
    )
    record = json.loads(json.dumps(document.to_record()))
    assert Document.from_record(record) == document
