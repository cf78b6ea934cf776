"""Word: headings and captions by their styles, letterheads in headers, forms of the file."""

from __future__ import annotations

import pytest

from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind
from retrieval.reading.formats.docx import read
from retrieval.refusals import Cause, UnreadableError
from tests.helpers.word_bytes import paragraph, rewritten, row, table, word_file

HEADING, CAPTION = ParagraphKind.HEADING, ParagraphKind.CAPTION


def texts(body: str, **parts: str) -> list[str]:
    return [each.text for each in read(word_file(body, **parts)).paragraphs]


def test_headings_by_names_identifiers_outlines_and_what_they_are_based_on() -> None:
    def style(identifier: str, name: str, more: str = "") -> str:
        return f'<w:style w:styleId="{identifier}"><w:name w:val="{name}"/>{more}</w:style>'

    styles = (
        style("Heading1", "Überschrift 1")
        + style("U2", "heading 2")
        + style("Muc", "Mục", '<w:basedOn w:val="U2"/>')
        + style("Dieu", "Điều", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
        + style(
            "TOCHeading", "toc", '<w:basedOn w:val="U2"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>'
        )
        + style("Titel", "Title")
        + style("Beschriftung", "caption")
        + style("ring", "ring", '<w:basedOn w:val="ring"/>')
    )
    styled = (
        "Titel",
        "Heading1",
        "U2",
        "Muc",
        "Dieu",
        "TOCHeading",
        "Beschriftung",
        "ring",
        "none",
    )
    body = "".join(paragraph(f"In {each}", f'<w:pStyle w:val="{each}"/>') for each in styled)
    body += paragraph("An outline", '<w:outlineLvl w:val="3"/>')
    body += paragraph("word " * 50, '<w:pStyle w:val="U2"/>')
    assert read(word_file(body, styles=styles)) == Draft(
        (
            Paragraph("In Titel", HEADING),
            Paragraph("In Heading1", HEADING, 1),
            Paragraph("In U2", HEADING, 2),
            Paragraph("In Muc", HEADING, 2),
            Paragraph("In Dieu", HEADING, 3),
            Paragraph("In TOCHeading"),
            Paragraph("In Beschriftung", CAPTION),
            Paragraph("In ring"),
            Paragraph("In none"),
            Paragraph("An outline", HEADING, 4),
            Paragraph(("word " * 50).strip()),
        ),
        Metadata(title="In Titel"),
    )


def header(kind: str) -> str:
    return f'<w:headerReference w:type="{kind}" r:id="header"/>'


LETTERHEAD = table(row("CÔNG TY MẪU", "Số: 12/CV-CTM")) + paragraph("Mẫu Sơn, ngày 4/6/2023")


@pytest.mark.parametrize(
    ("section", "content", "expected"),
    [
        (header("first") + "<w:titlePg/>", paragraph("Công ty Mẫu"), ["Công ty Mẫu", "Text."]),
        (header("first"), paragraph("Công ty Mẫu"), ["Text."]),
        (header("default"), paragraph("Báo cáo năm 2023"), ["Text."]),
        (
            header("default"),
            LETTERHEAD,
            ["CÔNG TY MẪU | Số: 12/CV-CTM", "Mẫu Sơn, ngày 4/6/2023", "Text."],
        ),
        (header("default") + "<w:titlePg/>", LETTERHEAD, ["Text."]),
    ],
    ids=["first page", "switched off", "running head", "letterhead", "not on the first page"],
)
def test_a_letterhead_in_the_header(section: str, content: str, expected: list[str]) -> None:
    body = paragraph("Text.") + f"<w:sectPr>{section}</w:sectPr>"
    assert texts(body, header=content) == expected


def test_the_strict_form_of_the_format() -> None:
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    transitional = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    data = word_file(paragraph("They met."))
    assert texts(paragraph("They met.")) == ["They met."]
    assert read(rewritten(data, transitional, strict)).text == "They met."


def test_an_encrypted_file_is_refused() -> None:
    data = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableError) as error:
        read(data)
    assert error.value.cause is Cause.ENCRYPTED


def test_bodies_of_merged_files_are_all_read() -> None:
    data = word_file(paragraph("One.") + "</w:body><w:body>" + paragraph("Two."))
    assert read(data).text == "One.\n\nTwo."


@pytest.mark.parametrize("depth", [10, 60])
def test_tables_within_tables(depth: int) -> None:
    body = paragraph("They met.")
    for _ in range(depth):
        body = table(row(f"<w:tc>{body}</w:tc>", "x"))
    assert "They met." in read(word_file(body)).text


def test_many_open_fields_take_no_quadratic_time() -> None:
    body = paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 100_000 + "<w:r/>")
    assert read(word_file(body)).paragraphs == ()
