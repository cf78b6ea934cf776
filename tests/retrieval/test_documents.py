"""How a document is cited."""

from dataclasses import replace

import pytest

from retrieval.documents import Document

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
