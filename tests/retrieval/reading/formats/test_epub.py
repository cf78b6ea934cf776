"""Books: chapters in the order of the spine, what the book says of itself, what is left out."""

from __future__ import annotations

import pytest

from retrieval.reading.draft import Metadata, Paragraph, ParagraphKind
from retrieval.reading.formats.epub import read
from retrieval.reading.parser import parse
from retrieval.refusals import Cause, UnreadableError
from tests.helpers.archive_bytes import archive, book
from tests.helpers.word_bytes import rewritten

HEADING, HEADS = ParagraphKind.HEADING, ParagraphKind.HEADER_ROW


def page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>x</title></head><body>{body}</body></html>"
    )


def test_chapters_in_the_order_of_the_spine() -> None:
    data = book(
        {
            "two.xhtml": page("<h1>Chương hai</h1><p>Họ đi <i>Huế</i>.</p>"),
            "one.xhtml": page("<h1>Chương một</h1><p>Họ ở Vinh.</p>"),
            "aside.xhtml": page("<p>An aside.</p>"),
            "nav.xhtml": page("<ol><li>Chương một</li></ol>"),
        },
        spine='<itemref idref="nav.xhtml"/><itemref idref="one.xhtml"/>'
        '<itemref idref="aside.xhtml" linear="no"/><itemref idref="two.xhtml"/>'
        '<itemref idref="missing"/>',
        nav='properties="nav"',
    )
    assert read(data).paragraphs == (
        Paragraph("Chương một", HEADING, 1),
        Paragraph("Họ ở Vinh."),
        Paragraph("Chương hai", HEADING, 1),
        Paragraph("Họ đi Huế."),
    )


def test_tables_keep_their_heads_and_hidden_text_is_left_out() -> None:
    body = (
        "<table><tr><th>Tên</th><th>Nơi</th></tr><tr><td>Lan</td><td>Huế</td></tr></table>"
        '<p hidden="hidden">Hidden</p><script>x()</script>'
    )
    assert [(one.text, one.kind) for one in read(book({"a.xhtml": page(body)})).paragraphs] == [
        ("Tên | Nơi", HEADS),
        ("Lan | Huế", ParagraphKind.PROSE),
    ]


@pytest.mark.parametrize(
    ("dates", "date"),
    [
        ("<dc:date>2021-09-29T00:00:00+07:00</dc:date>", "2021-09-29"),
        ("<dc:date>2021</dc:date>", "2021"),
        (
            '<dc:date opf:event="modification">2023-01-01</dc:date>'
            '<dc:date opf:event="publication">2020-02</dc:date>',
            "2020-02",
        ),
        ("<dc:date>0101-01-01T00:00:00+00:00</dc:date>", ""),
    ],
)
def test_what_the_book_says_of_itself(dates: str, date: str) -> None:
    metadata = f"<dc:title>Ngàn dặm\n đường</dc:title><dc:creator>Lan Mẫu</dc:creator>{dates}"
    chapters = {"a.xhtml": page("<p>They met.</p>")}
    assert read(book(chapters, metadata=metadata)).metadata == Metadata(
        title="Ngàn dặm đường", date=date, source="Lan Mẫu"
    )
    published = f"{metadata}<dc:publisher>NXB Mẫu</dc:publisher>"
    assert read(book(chapters, metadata=published)).metadata.source == "NXB Mẫu"


def test_what_cannot_be_read() -> None:
    data = book({"a.xhtml": page("<p>They met.</p>"), "b.xhtml": page("")})
    fonts = '<e><CipherReference URI="OEBPS/font.otf"/></e>'
    protected = rewritten(data, b"<p>", b"<p>")
    cases = {
        b"PK": Cause.DAMAGED,
        archive({"mimetype": "application/epub+zip"}): Cause.DAMAGED,
        book({"b.xhtml": page("")}): Cause.EMPTY,
        _with(protected, fonts.replace("font.otf", "a.xhtml")): Cause.ENCRYPTED,
    }
    for broken, cause in cases.items():
        with pytest.raises(UnreadableError) as error:
            parse("a.epub", broken)
        assert error.value.cause is cause
    assert parse("a.epub", _with(data, fonts)).text == "They met."


def _with(data: bytes, encryption: str) -> bytes:
    from io import BytesIO
    from zipfile import ZipFile

    written = BytesIO(data)
    with ZipFile(written, "a") as file:
        file.writestr("META-INF/encryption.xml", encryption)
    return written.getvalue()
