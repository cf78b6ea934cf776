"""A small valid document of each format, for benchmarks that damage them.

The old formats that LibreOffice converts are not among them: each file takes it seconds.
"""

from __future__ import annotations

from email.message import EmailMessage
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import openpyxl
import pptx

TEXT = "Bộ trưởng Tô Lâm dự hội nghị sáng 29/9. Hội nghị bàn về an ninh mạng."
MARKDOWN = f"---\ntitle: Hội nghị\ndate: 2021-09-29\n---\n# Họp\n\n{TEXT}\n\n- *một*\n- [hai](x)\n"
HTML = (
    "<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>Hội nghị</title></head><body>"
    f"<article><h1>Họp</h1><p>{TEXT}</p><table><tr><td>1<td>2</table></article></body></html>"
)
RTF = (
    r"{\rtf1\ansi\ansicpg1258\deff0{\fonttbl{\f0\fcharset163 Arial;}{\f1\fcharset0 .VnTime;}}"
    r"{\stylesheet{\s1 heading 1;}}{\info{\title A}}\pard\s1 H\u7885?p\par\pard T\'f4 L\'e2m \f1 Tµ"
    r"\f0{\footnote\chftn note}\par{\listtext 1.\tab}one\par\trowd\trhdr\clvmgf\cellx900\cellx1800"
    r"\pard\intbl a\cell b\cell\row\pard{\*\shpinst{\shptxt box\par}}{\pict 01}\bin2 xx end\par}"
)
ODF = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>{}</office:body>'
    "</office:document-content>"
)
ODF_TABLE = (
    '<table:table table:name="A"><table:table-row><table:table-cell table:number-rows-spanned="2">'
    f"<text:p>{TEXT * 10}</text:p></table:table-cell><table:table-cell><text:p>5</text:p>"
    '</table:table-cell></table:table-row><table:table-row table:number-rows-repeated="3">'
    "<table:covered-table-cell/><table:table-cell><text:p>6</text:p></table:table-cell>"
    "</table:table-row></table:table>"
)
ODT = (
    '<office:text><text:h text:outline-level="1">Họp</text:h><text:list><text:list-item><text:p>'
    f"{TEXT}<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>x</text:p>"
    f"</text:note-body></text:note></text:p></text:list-item></text:list>{ODF_TABLE}"
    f"<text:p>{TEXT * 20}</text:p></office:text>"
)
CONTAINER = '<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'
PACKAGE = (
    '<package><metadata/><manifest><item id="a" href="a.html" media-type="text/html"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>'
)


def documents() -> dict[str, bytes]:
    """Return a valid document of each format, by file name."""
    return {
        "a.txt": TEXT.encode(),
        "a.md": MARKDOWN.encode(),
        "a.html": HTML.encode(),
        "a.pdf": _pdf(),
        "a.docx": _docx(),
        "a.xlsx": _xlsx(),
        "a.csv": 'Tên;Số\nTô Lâm;5\n"Hoa; Mai";6\n'.encode(),
        "a.pptx": _pptx(),
        "a.odt": _archive({"content.xml": ODF.format(ODT)}),
        "a.ods": _archive(
            {"content.xml": ODF.format(f"<office:spreadsheet>{ODF_TABLE}</office:spreadsheet>")}
        ),
        "a.rtf": RTF.encode("latin-1"),
        "a.epub": _archive({"META-INF/container.xml": CONTAINER, "a.opf": PACKAGE, "a.html": HTML}),
        "a.eml": _eml(),
    }


def _docx() -> bytes:
    document = docx.Document()
    document.add_heading("Họp")
    document.add_paragraph(TEXT)
    document.add_table(1, 2).cell(0, 0).text = "một"
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _pdf() -> bytes:
    """Return a page with a sentence, a ruled table, a form, turned text and a font of TCVN3."""
    drawing = (
        b"BT /F 12 Tf 20 150 Td (Minister Quang met Kao Kim Hourn in Vientiane.) Tj ET\n"
        b"20 60 m 220 60 l 20 80 m 220 80 l 20 100 m 220 100 l S\n"
        b"20 60 m 20 100 l 120 60 m 120 100 l 220 60 m 220 100 l S\n"
        b"BT /F 12 Tf 25 85 Td (Post) Tj 100 0 Td (Name) Tj ET\n"
        b"BT /V 12 Tf 25 65 Td (Tr\xad\xebng) Tj 100 0 Td (Lan) Tj ET\n"
        b"BT /F 12 Tf 0 1 -1 0 390 20 Tm (A draft) Tj ET q 1 0 0 1 20 20 cm /X Do Q"
    )
    form = b"BT /F 12 Tf 0 0 Td (It opens at nine.) Tj ET"
    fonts = b"/Font<</F 5 0 R/V 6 0 R>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 190]/Contents 4 0 R"
        b"/Resources<<%s/XObject<</X 7 0 R>>>>>>" % fonts,
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/TrueType/BaseFont/.VnTime/Encoding/WinAnsiEncoding>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<<%s>>/Length %d>>stream\n%s\n"
        b"endstream" % (fonts, len(form), form),
    )
    numbered = (b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    return b"%PDF-1.4\n" + b"".join(numbered) + b"trailer<</Root 1 0 R>>\n%%EOF"


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Họp", "Số"], ["Tô Lâm", 5], ["hai", 0.25]):
        sheet.append(row)
    sheet["B3"].number_format = "0.0%"
    sheet.merge_cells("A2:A3")
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[3].hidden = True
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _pptx() -> bytes:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Họp"
    slide.placeholders[1].text = TEXT
    slide.shapes.add_table(2, 2, 0, 0, 9, 9).table.cell(0, 0).text = "một"
    slide.notes_slide.notes_text_frame.text = TEXT
    written = BytesIO()
    deck.save(written)
    return _archive(  # without the layouts, which are most of the file and are not read
        {
            name: content
            for name, content in _parts(written).items()
            if "slideLayout" not in name and not name.endswith(("jpeg", "bin"))
        }
    )


def _parts(file: BytesIO) -> dict[str, bytes]:
    with ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _archive(parts: dict[str, str] | dict[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return written.getvalue()


def _eml() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = "Họp", "Lan <lan@example.org>"
    message["Date"] = "Wed, 29 Sep 2021 08:00:00 +0700"
    message.set_content(TEXT)
    message.add_alternative(HTML, subtype="html")
    message.add_attachment(b"a,b\n1,2\n", maintype="text", subtype="csv", filename="a.csv")
    return message.as_bytes()
