from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest

from bot.citations import Citation, title_of
from retrieval.documents import Document, Span
from retrieval.pages import PageStart
from tests.helpers.samples import SUMMIT, SUMMIT_HIT, VISIT, VISIT_HIT, hit


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


PAGED = replace(
    VISIT, page_starts=(PageStart(0, 3), PageStart(47, 4)), url="https://a.vn/b.PDF?c=1"
)
CITED = Citation.of(hit(PAGED, "They spoke about training."))


def test_a_citation_has_the_pages_of_its_passage_and_of_its_sentence() -> None:
    assert (CITED.pages, CITED.quote_pages) == ((3, 4), (4,))


def test_a_stored_citation_is_read_back() -> None:
    record = json.loads(json.dumps(asdict(CITED)))
    assert Citation.from_record(record) == CITED
    older = {name: value for name, value in record.items() if not name.endswith("pages")}
    assert Citation.from_record(older) == replace(CITED, pages=(), quote_pages=())


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.vn/b.PDF?c=1", "https://a.vn/b.PDF?c=1#page=4"),
        ("https://a.vn/b.pdf#ch2", "https://a.vn/b.pdf#ch2"),
        ("https://a.vn/b.html", "https://a.vn/b.html"),
        ("https://a.vn/?file=b.pdf", "https://a.vn/?file=b.pdf"),
        ("", ""),
    ],
)
def test_the_address_of_a_pdf_opens_at_the_page(url: str, address: str) -> None:
    assert replace(CITED, url=url).address == address


def test_the_address_of_a_document_without_pages_is_its_url() -> None:
    assert replace(CITED, quote_pages=()).address == PAGED.url


def test_a_citation_knows_whether_its_passage_was_recognised_in_a_picture() -> None:
    scanned = replace(PAGED, recognised=(Span(0, 5),))
    assert not CITED.recognised
    assert Citation.of(hit(scanned, "They spoke about training.")).recognised
