"""Each format read: paragraphs and their kinds, metadata, and what cannot be read."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind
from retrieval.reading.formats import draft_of
from retrieval.refusals import UnreadableError
from tests.helpers.pdf_bytes import pdf

HEADING, CAPTION = ParagraphKind.HEADING, ParagraphKind.CAPTION


def read(text: str, suffix: str) -> Draft:
    return draft_of(text.encode(), suffix)


def filled(draft: Draft) -> list[Paragraph]:
    return [paragraph for paragraph in draft.paragraphs if paragraph.text.strip()]


def word(document: docx.document.Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def reason(data: bytes, suffix: str) -> str:
    with pytest.raises(UnreadableError) as error:
        draft_of(data, suffix)
    return str(error.value)


def test_text_with_front_matter() -> None:
    draft = read("---\ntitle: A meeting\n---\nThe ministers met.", ".txt")
    assert draft == Draft((Paragraph("The ministers met."),), Metadata(title="A meeting"))


def test_markdown_without_its_markup() -> None:
    draft = read(
        "---\nlanguage: en\n---\n"
        "# The *plan*\n\n"
        "It has **three** [parts](https://a.vn) and `one`\nname &amp; <b>date</b>.\n\n"
        "- first\n- second\n\n  more of it\n\n3. third\n\n"
        "> Quoted.\n\n"
        "![The ministers in Hanoi](a.jpg)\n\n"
        "| Country | Cases |\n| --- | --- |\n| Brunei | 3 |\n\n"
        "<div>In <i>HTML</i>.</div>\n\n<!-- hidden -->\n\n"
        "<script>alert(1)</script>\n",
        ".md",
    )
    assert draft.metadata == Metadata(language="en")
    assert filled(draft) == [
        Paragraph("The plan", HEADING, level=1),
        Paragraph("It has three parts and one\nname & date."),
        Paragraph("- first"),
        Paragraph("- second"),
        Paragraph("more of it"),
        Paragraph("3. third"),
        Paragraph("Quoted."),
        Paragraph("The ministers in Hanoi", CAPTION),
        Paragraph("Country | Cases", ParagraphKind.HEADER_ROW),
        Paragraph("Brunei | 3"),
        Paragraph("In HTML.\n"),
    ]


PAGE = """<!doctype html><html><head><meta charset="utf-8">
<title>Đoàn Việt Nam tham dự Hội nghị | Báo Mẫu</title>
<meta property="og:title" content="Đoàn Việt Nam tham dự Hội nghị">
<meta property="og:site_name" content="Báo Mẫu">
<meta property="article:published_time" content="2022-08-23T14:21:00+07:00">
<link rel="canonical" href="https://example.vn/doan">
<script>var evil = "<p>Not text.</p>";</script><style>p {color: red}</style></head><body>
<nav><a href="/">Trang chủ</a> <a href="/a">Thời sự</a></nav><article>
<h1>Đoàn Việt Nam tham dự Hội nghị</h1>
<p>Chiều 22/8, Đoàn đại biểu Việt Nam do Đại tướng Tô Lâm làm Trưởng đoàn
   đã tham dự <b>Hội nghị</b> tham vấn lãnh đạo cấp cao.</p>
<figure><img src="x.jpg"><figcaption>Đại tướng Tô Lâm tại Hà Nội</figcaption></figure>
<h2>Hợp tác ASEAN - Nga</h2>
<div>Hơn 30 năm qua, ASEAN và Nga đã duy trì quan hệ tốt đẹp.<div>Hai bên sẽ đi tiếp.</div></div>
<ul><li>Một là, hợp tác.</li><li>Hai là, đối thoại.</li></ul>
<table><tr><th>Nước</th><th>Số</th></tr><tr><td>Nga</td><td>3</td></tr></table>
<p onclick="alert(1)">Việt Nam cam kết làm hết sức mình.<br>Hội nghị kết thúc.</p></article>
<footer>© 2019 Báo Mẫu</footer></body></html>"""


def test_html_gives_its_article_and_what_it_says_of_itself() -> None:
    draft = read(PAGE, ".html")
    assert draft.metadata == Metadata(
        "Đoàn Việt Nam tham dự Hội nghị", "2022-08-23", "Báo Mẫu", "https://example.vn/doan"
    )
    assert [(" ".join(each.text.split()), each.kind) for each in filled(draft)] == [
        ("Đoàn Việt Nam tham dự Hội nghị", HEADING),
        (
            "Chiều 22/8, Đoàn đại biểu Việt Nam do Đại tướng Tô Lâm làm Trưởng đoàn đã tham dự"
            " Hội nghị tham vấn lãnh đạo cấp cao.",
            ParagraphKind.PROSE,
        ),
        ("Đại tướng Tô Lâm tại Hà Nội", CAPTION),
        ("Hợp tác ASEAN - Nga", HEADING),
        (
            "Hơn 30 năm qua, ASEAN và Nga đã duy trì quan hệ tốt đẹp. Hai bên sẽ đi tiếp.",
            ParagraphKind.PROSE,
        ),
        ("- Một là, hợp tác.", ParagraphKind.PROSE),
        ("- Hai là, đối thoại.", ParagraphKind.PROSE),
        ("Nước | Số", ParagraphKind.HEADER_ROW),
        ("Nga | 3", ParagraphKind.PROSE),
        ("Việt Nam cam kết làm hết sức mình. Hội nghị kết thúc.", ParagraphKind.PROSE),
    ]


@pytest.mark.parametrize("text", ["<p>The ministers met.</p>", "The ministers met."])
def test_html_of_next_to_nothing(text: str) -> None:
    draft = read(text, ".htm")
    assert (draft.metadata, draft.text.strip()) == (Metadata(), "The ministers met.")


def test_html_without_text_is_refused() -> None:
    expected = "it holds no main text; save the article itself as text"
    assert reason(b"<html><body><script>x()</script></body></html>", ".html") == expected


def test_pdf_keeps_vietnamese_words_and_paragraphs_whole() -> None:
    draft = draft_of(
        pdf(["Hội nghị AMMTC 15", "", "", "Việt Nam đề xuất ba sáng kiến nhằm phòng,", "chống"]),
        ".pdf",
    )
    assert [paragraph.text for paragraph in draft.paragraphs] == [
        "Hội nghị AMMTC 15",
        "Việt Nam đề xuất ba sáng kiến nhằm phòng, chống",
    ]


def test_pdf_pages_are_joined_without_their_running_heads() -> None:
    pages = [
        ["Annual report", "", "", text, "", "", f"Page {number} of 3"]
        for number, text in enumerate(["One.", "Two goes on to", "the next page."], start=1)
    ]
    draft = draft_of(pdf(*pages), ".pdf")
    assert [paragraph.text for paragraph in draft.paragraphs] == [
        "One.",
        "Two goes on to the next page.",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (pdf([]), "it holds no text; write some or remove it"),
        (pdf(["abc"], encrypted=True), "it is encrypted; save it without a password"),
        (pdf(["abc"])[:300], "it is damaged or no .pdf file; save it again"),
        (b"", "it is damaged or no .pdf file; save it again"),
    ],
    ids=["no text", "encrypted", "cut off", "empty"],
)
def test_pdf_that_cannot_be_read(data: bytes, expected: str) -> None:
    assert reason(data, ".pdf") == expected


def test_docx_by_its_styles() -> None:
    document = docx.Document()
    document.add_heading("Báo cáo về hội nghị", level=0)
    document.add_heading("Kết quả", level=1)
    document.add_paragraph("Hội nghị đã thông qua Tuyên bố chung.")
    document.add_paragraph("Một sáng kiến", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Nga", "3"
    document.add_paragraph("Toàn cảnh hội nghị", style="Caption")
    draft = draft_of(word(document), ".docx")
    assert draft == Draft(
        (
            Paragraph("Báo cáo về hội nghị", HEADING),
            Paragraph("Kết quả", HEADING, level=1),
            Paragraph("Hội nghị đã thông qua Tuyên bố chung."),
            Paragraph("- Một sáng kiến"),
            Paragraph("Nga | 3"),
            Paragraph("Toàn cảnh hội nghị", CAPTION),
        ),
        Metadata(title="Báo cáo về hội nghị"),
    )


def test_docx_takes_a_merged_cell_once_in_a_row() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Tên"
    for column, text in enumerate(["A", "A", "30"]):
        table.cell(1, column).text = text
    table.cell(0, 2).text = "Tuổi"
    draft = draft_of(word(document), ".docx")
    assert [row.text for row in draft.paragraphs] == ["Tên | Tuổi", "A | A | 30"]


@pytest.mark.parametrize(
    ("filed", "title"),
    [("Kết quả hội nghị AMMTC 15", "Kết quả hội nghị AMMTC 15"), ("Microsoft Word - a", "")],
)
def test_docx_title_from_its_properties(filed: str, title: str) -> None:
    document = docx.Document()
    document.core_properties.title = filed
    document.add_paragraph("Hội nghị đã kết thúc.")
    assert draft_of(word(document), ".docx").metadata == Metadata(title=title)


def test_docx_that_is_broken_is_refused() -> None:
    expected = "it is damaged or no .docx file; save it again"
    assert reason(word(docx.Document())[:2000], ".docx") == expected
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert reason(empty.getvalue(), ".docx") == expected


def test_docx_that_unpacks_to_too_much_is_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("word/document.xml", "w") as entry:
            for _ in range(201):
                entry.write(bytes(10**6))
    expected = "it unpacks to more than 200 MB; save its text alone"
    assert reason(bomb.getvalue(), ".docx") == expected
