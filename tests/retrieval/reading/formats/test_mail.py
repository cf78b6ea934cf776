"""Messages: headers, text in all its forms, attachments read or named."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind
from retrieval.reading.formats.mail import read
from retrieval.reading.parser import parse
from retrieval.refusals import Cause, UnreadableError
from tests.helpers.archive_bytes import open_document

HEADING, ORIGIN, HEADS = ParagraphKind.HEADING, ParagraphKind.ORIGIN, ParagraphKind.HEADER_ROW


def message(text: str = "They met.", subject: str = "Kế hoạch kiểm kê kho") -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = subject
    made["From"] = "Nguyễn Lan <lan@mau.example>"
    made["To"] = "hoa@mau.example"
    made["Date"] = "Wed, 29 Sep 2021 01:00:00 +0700"
    made.set_content(text)
    return made


def texts(draft: Draft) -> list[str]:
    return [paragraph.text.strip() for paragraph in draft.paragraphs]


def attach(made: EmailMessage, name: str, data: bytes, kind: str = "octet-stream") -> None:
    made.add_attachment(data, maintype="application", subtype=kind, filename=name)


def test_headers_are_metadata_and_stay_in_the_text() -> None:
    document = parse("thu.eml", message("Kho mở lúc 8 giờ.\n\nLan").as_bytes())
    assert document.text == (
        "Kế hoạch kiểm kê kho\n\nFrom: Nguyễn Lan <lan@mau.example>\n\nTo: hoa@mau.example\n\n"
        "Date: Wed, 29 Sep 2021 01:00:00 +0700\n\nKho mở lúc 8 giờ.\n\nLan"
    )
    assert (document.title, document.date, document.source) == (
        *("Kế hoạch kiểm kê kho", "2021-09-29", "Nguyễn Lan"),
    )


@pytest.mark.parametrize(
    ("headers", "metadata"),
    [
        (b"From: lan@mau.example\n", Metadata(source="lan@mau.example")),
        (b"Subject: =?utf-8?B?SOG7jXA=?=\nDate: soon\n", Metadata(title="Họp")),
        (b"Subject: a\n b\nFrom: (\n", Metadata(title="a b")),
    ],
)
def test_headers_that_are_missing_or_broken(headers: bytes, metadata: Metadata) -> None:
    assert read(headers + b"\nThey met.\n").metadata == metadata


def test_a_message_written_as_a_page_is_read_as_one() -> None:
    made = message("cut down")
    table = "<table><tr><th>Tên</th><th>Nơi</th></tr><tr><td>Lan</td><td>Huế</td></tr></table>"
    made.add_alternative(
        f"<html><head><style>p{{}}</style></head><body><p>Chào.</p>{table}"
        '<img src="cid:a"><div style="display:none">Hidden</div></body></html>',
        subtype="html",
    )
    page = made.get_body(("html",))
    assert isinstance(page, EmailMessage)
    page.add_related(b"x", maintype="image", subtype="png", cid="<a>", filename="logo.png")
    draft = read(made.as_bytes())
    assert [(one.text, one.kind) for one in draft.paragraphs[4:]] == [
        ("Chào.", ParagraphKind.PROSE),
        ("Tên | Nơi", HEADS),
        ("Lan | Huế", ParagraphKind.PROSE),
    ]
    assert draft.warnings == ()


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("text/plain; charset=utf-8", "Hội nghị đã bàn về an ninh mạng.".encode()),
        ("text/plain", "Hội nghị đã bàn về an ninh mạng.".encode()),
        ("text/plain; charset=nonsense", "Hội nghị đã bàn về an ninh mạng.".encode()),
        ("text/plain; charset=utf-16le", "Hội nghị đã bàn về an ninh mạng.".encode("utf-16-le")),
        ("text/html; charset=utf-8", "<p>Hội nghị đã bàn về an ninh mạng.</p>".encode()),
    ],
)
def test_encodings_of_the_text(head: str, body: bytes) -> None:
    data = f"Subject: x\nContent-Type: {head}\nContent-Transfer-Encoding: 8bit\n\n".encode() + body
    assert texts(read(data)) == ["x", "Hội nghị đã bàn về an ninh mạng."]


def test_attachments_are_read_by_their_own_readers_below_their_names() -> None:
    made = message()
    attach(made, "giá.csv", "Mã;Giá\nA;5\nB;6\n".encode())
    attach(made, "Notes.MD", b"# One\n\nTwo.")
    heading = '<text:h text:outline-level="2">Ba</text:h>'
    attach(made, "a.odt", open_document(f"<office:text>{heading}</office:text>"))
    draft = read(made.as_bytes())
    assert [(one.text.strip(), one.kind, one.level) for one in draft.paragraphs[4:]] == [
        ("They met.", ParagraphKind.PROSE, 0),
        ("giá.csv", HEADING, 2),
        ("Mã | Giá", HEADS, 0),
        ("A | 5", ParagraphKind.PROSE, 0),
        ("B | 6", ParagraphKind.PROSE, 0),
        ("Notes.MD", HEADING, 2),
        ("One", HEADING, 3),
        ("Two.", ParagraphKind.PROSE, 0),
        ("a.odt", HEADING, 2),
        ("Ba", HEADING, 4),
    ]


def test_a_file_beside_one_form_of_the_text_is_attached() -> None:
    """Apple's Mail puts the page and the files together, beside the plain text."""
    data = (
        b"Subject: x\nContent-Type: multipart/alternative; boundary=a\n\n"
        b"--a\nContent-Type: text/plain\n\nPlain.\n--a\n"
        b"Content-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: text/html\n\n<p>As a page.</p>\n"
        b"--b\nContent-Type: text/csv; name=a.csv\n\na,b\n1,2\n--b--\n--a--\n"
    )
    assert texts(read(data)) == ["x", "As a page.", "a.csv", "a | b", "1 | 2"]


def test_attachments_that_cannot_be_read_are_named() -> None:
    made = message()
    attach(made, "a.exe", b"MZ")
    attach(made, "b.docx", b"no zip")
    attach(made, "c.md", b"---\ndate: soon\n---\nThey left.")
    draft = read(made.as_bytes())
    assert texts(draft)[4:] == ["They met.", "c.md", "date: soon", "They left."]
    lines = [str(warning) for warning in draft.warnings]
    assert lines[0].startswith("a.exe: its format cannot be read; save it as one of .txt, ")
    assert lines[1:] == [
        "b.docx: it is damaged or no .docx file; save it again",
        "c.md: its front matter has no valid date; write it as 2021-09-29",
    ]


def test_only_so_many_attachments_are_read() -> None:
    made = message()
    for number in range(23):
        attach(made, f"{number}.txt", b"Text %d." % number)
    draft = read(made.as_bytes())
    assert texts(draft)[-1] == "Text 19."
    assert [str(warning) for warning in draft.warnings] == [
        "only 20 attachments are read; save the others as files"
    ]


def test_messages_within_messages_to_a_depth() -> None:
    made = message("The innermost.", "Thư 5")
    for number in range(4, 0, -1):
        outer = message(f"Text {number}.", f"Thư {number}")
        outer.add_attachment(made)
        made = outer
    draft = read(made.as_bytes())
    headings = [(one.text, one.level) for one in draft.paragraphs if one.kind is HEADING]
    assert headings == [("Thư 1", 1), ("Thư 2", 2), ("Thư 3", 3), ("Thư 4", 4)]
    assert [warning.cause for warning in draft.warnings] == [Cause.NESTED]
    assert draft.metadata.title == "Thư 1"
    origins = [one for one in draft.paragraphs if one.kind is ORIGIN]
    assert origins[0] == Paragraph("From: Nguyễn Lan <lan@mau.example>", ORIGIN)


@pytest.mark.parametrize("data", [b"", b"They met.\n", b"\0\xff" * 50, b"PK\x03\x04"])
def test_what_is_no_message(data: bytes) -> None:
    with pytest.raises(UnreadableError) as error:
        parse("a.eml", data)
    assert str(error.value) == "it is damaged or no .eml file; save it again"
