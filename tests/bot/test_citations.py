from __future__ import annotations

import pytest

from bot.citations import Citation, title_of
from retrieval.documents import Document
from tests.helpers.samples import SUMMIT, SUMMIT_HIT, VISIT_HIT


def test_a_citation_keeps_all_that_names_the_source() -> None:
    assert Citation.of(SUMMIT_HIT) == Citation(
        document="2021/hoi_nghi_ammtc_15.txt",
        hash=SUMMIT.hash,
        title="Hội nghị AMMTC 15",
        source="TTXVN",
        date="2021-09-29",
        url="https://example.org/ammtc?id=15&lang=vi",
        start=0,
        end=118,
        highlight_start=44,
        highlight_end=94,
        quote="Trung tướng Lương Tam Quang dự hội nghị sáng 29/9.",
    )


def test_a_citation_of_a_document_without_title_is_called_as_its_file() -> None:
    assert Citation.of(VISIT_HIT).title == "visit"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("a.txt", "a"),
        ("2021/bien_ban_hop.pdf", "bien ban hop"),
        ("Báo cáo 1.2.docx", "Báo cáo 1.2"),
        ("README", "README"),
        (".env", ".env"),
    ],
)
def test_a_document_without_title_is_called_as_its_file(name: str, title: str) -> None:
    assert title_of(Document(name=name, text="")) == title
    assert title_of(Document(name=name, text="", title="AMMTC")) == "AMMTC"
