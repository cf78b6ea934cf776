"""Bytes made into documents: what no later step could take is gone."""

from __future__ import annotations

import json

from retrieval.documents import Document
from retrieval.reading.parser import parse
from tests.helpers.pdf_bytes import pdf


def test_half_a_surrogate_pair_is_no_character() -> None:
    document = parse("a.md", b'---\ntitle: "A \\ud800 meeting"\n---\nThey met.\n')
    assert (document.title, document.text) == ("A meeting", "They met.")


def test_documents_survive_as_json() -> None:
    data = "# Họp báo\n\nBộ trưởng chủ trì.\n\n## Kết quả\n\nĐã nhất trí.\n".encode()
    document = parse("tin/họp.md", data)
    from_pdf = parse("a.pdf", pdf(["They met at noon."], ["They left at one."]))
    assert [start.page for start in from_pdf.page_starts] == [1, 2]
    assert Document.from_record(json.loads(json.dumps(from_pdf.to_record()))) == from_pdf
    assert Document.from_record(json.loads(json.dumps(document.to_record()))) == document
