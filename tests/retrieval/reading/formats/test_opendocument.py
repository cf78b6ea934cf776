"""OpenDocument: texts with lists, notes and styles; sheets; slides."""

from __future__ import annotations

import pytest

from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind
from retrieval.reading.formats.opendocument import read
from retrieval.reading.parser import parse
from retrieval.refusals import Cause, ReadingWarning, UnreadableError
from tests.helpers.archive_bytes import archive, open_document

HEADING, HEADS, CAPTION = ParagraphKind.HEADING, ParagraphKind.HEADER_ROW, ParagraphKind.CAPTION


def text(body: str, styles: str = "", title: str = "") -> Draft:
    return read(open_document(f"<office:text>{body}</office:text>", styles=styles, title=title))


def texts(draft: Draft) -> list[str]:
    return [paragraph.text for paragraph in draft.paragraphs]


def paragraph(content: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def style(name: str, parent: str = "", properties: str = "", family: str = "paragraph") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}"'
        f' style:parent-style-name="{parent}">{properties}</style:style>'
    )


def test_paragraphs_headings_and_the_title() -> None:
    body = (
        paragraph("Quy chế làm việc", "P1")
        + '<text:h text:outline-level="2">Điều 1.<text:s text:c="2"/>Giờ làm</text:h>'
        + paragraph("Từ 8 giờ<text:line-break/>đến <text:span>17</text:span> giờ.")
        + paragraph("Ảnh chụp năm 2020", "Drawing")
        + paragraph("Mục con", "Heading_20_3")
    )
    styles = style("P1", "Title") + style("Title") + style("Drawing", "Caption") + style("Caption")
    assert text(body, styles + style("Heading_20_3")) == Draft(
        (
            Paragraph("Quy chế làm việc", HEADING),
            Paragraph("Điều 1. Giờ làm", HEADING, 2),
            Paragraph("Từ 8 giờ\nđến 17 giờ."),
            Paragraph("Ảnh chụp năm 2020", CAPTION),
            Paragraph("Mục con", HEADING, 3),
        ),
        Metadata(title="Quy chế làm việc"),
    )


@pytest.mark.parametrize(("filed", "title"), [("Kết quả hội nghị", "Kết quả hội nghị"), ("a", "")])
def test_the_title_in_the_properties(filed: str, title: str) -> None:
    assert text(paragraph("They met."), title=filed).metadata == Metadata(title=title)


def test_what_is_deleted_hidden_or_commented_is_left_out() -> None:
    hidden = '<style:text-properties text:display="none"/>'
    styles = style("T1", properties=hidden, family="text") + style("P1", properties=hidden)
    body = (
        f"<text:tracked-changes>{paragraph('Deleted')}</text:tracked-changes>"
        + paragraph(
            'They <text:span text:style-name="T1">never </text:span>met'
            f"<office:annotation>{paragraph('A comment')}</office:annotation>."
        )
        + paragraph("Hidden", "P1")
    )
    assert texts(text(body, styles)) == ["They met."]


def test_a_note_stands_at_the_end_of_its_paragraph() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation>"
        f"<text:note-body>{paragraph('Except Sundays.')}</text:note-body></text:note>"
    )
    assert texts(text(paragraph(f"Open{note} daily."))) == ["Open[1] daily. [1] Except Sundays."]


def test_text_boxes_stand_below_their_paragraph() -> None:
    box = f"<draw:frame><draw:text-box>{paragraph('In a box')}</draw:text-box></draw:frame>"
    assert texts(text(paragraph(f"They met.{box}"))) == ["They met.", "In a box"]


def test_fonts_of_tcvn3_are_converted_by_name() -> None:
    font = '<style:text-properties style:font-name="F"/>'
    face = '<style:font-face style:name="F" svg:font-family="\'.VnTime\'"/>'
    assert texts(text(paragraph("Tµi liÖu", "P1"), face + style("P1", properties=font))) == [
        "Tài liệu"
    ]


LIST = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-bullet text:level="3"/></text:list-style>'
)


def item(*content: str, start: str = "") -> str:
    value = f' text:start-value="{start}"' if start else ""
    return f"<text:list-item{value}>{''.join(content)}</text:list-item>"


def listed(*items: str, more: str = 'text:style-name="L"') -> str:
    return f"<text:list {more}>{''.join(items)}</text:list>"


def test_numbers_and_bullets_of_lists() -> None:
    inner = listed(item(paragraph("x")), item(paragraph("y"), listed(item(paragraph("deep")))))
    body = (
        listed(item(paragraph("one")), item(paragraph("two"), paragraph("more"), inner))
        + paragraph("between")
        + listed(
            item(paragraph("three")), more='text:style-name="L" text:continue-numbering="true"'
        )
        + listed(item(paragraph("anew"), start="7"), item(paragraph("next")))
    )
    assert texts(text(body, LIST)) == [
        *("1. one", "2. two", "more", "a) x", "b) y", "- deep", "between"),
        *("3. three", "7. anew", "8. next"),
    ]


def test_numbers_of_headings() -> None:
    outline = (
        "<text:outline-style>"
        '<text:outline-level-style text:level="1" style:num-format="I" style:num-prefix="Phần "/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
        "</text:outline-style>"
    )
    headings = "".join(
        f'<text:h text:outline-level="{level}">{name}</text:h>'
        for level, name in ((1, "Mở"), (2, "Gốc"), (2, "Ngọn"), (1, "Kết"), (2, "Lời"))
    )
    assert texts(text(headings, outline)) == [
        *("Phần I Mở", "I.1 Gốc", "I.2 Ngọn", "Phần II Kết", "II.1 Lời")
    ]


def cell(content: str = "", more: str = "") -> str:
    return f"<table:table-cell {more}>{paragraph(content) if content else ''}</table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def table(*rows: str, more: str = "") -> str:
    return f"<table:table {more}>{''.join(rows)}</table:table>"


COVERED = "<table:covered-table-cell/>"


def test_a_table_in_a_text() -> None:
    heads = f"<table:table-header-rows>{row(cell('Tên'), cell('Nơi'))}</table:table-header-rows>"
    body = table(
        heads,
        row(cell("Lan", 'table:number-rows-spanned="2"'), cell("Huế")),
        row(COVERED, cell("Vinh")),
        row(cell("Cả tổ", 'table:number-columns-spanned="2"'), COVERED),
        row(cell("Hoa"), cell("Sa Pa")),
    )
    draft = text(body)
    assert [(one.text, one.kind is HEADS) for one in draft.paragraphs] == [
        *(("Tên | Nơi", True), ("Lan | Huế", False), ("Lan | Vinh", False)),
        *(("Cả tổ", False), ("Tên | Nơi", True), ("Hoa | Sa Pa", False)),
    ]


def test_a_spreadsheet_shows_the_text_of_its_cells() -> None:
    value = 'office:value-type="float" office:value="12500000"'
    hidden = style(
        "ta2", properties='<style:table-properties table:display="false"/>', family="table"
    )
    body = (
        table(
            row(cell("Tên"), cell("Lương"), cell("", 'table:number-columns-repeated="16000"')),
            row(cell("Lan"), cell("12.500.000 ₫", value)),
            row(cell("Mai"), cell("1"), more='table:visibility="collapse"'),
            row(cell("Hoa"), cell("", 'office:value="9"')),
            row(cell(), more='table:number-rows-repeated="1048000"'),
            more='table:name="Lương"',
        )
        + table(row(cell("Secret")), more='table:name="Nháp" table:style-name="ta2"')
        + table(row(cell("Giấy"), cell("5")), more='table:name="Kho"')
    )
    document = parse(
        "a.ods", open_document(f"<office:spreadsheet>{body}</office:spreadsheet>", styles=hidden)
    )
    assert (
        document.text == "Lương\n\nTên | Lương\n\nLan | 12.500.000 ₫\n\nHoa | 9\n\nKho\n\nGiấy | 5"
    )
    assert document.warnings == (
        ReadingWarning(Cause.HIDDEN_SHEETS, {"names": "Nháp"}),
        ReadingWarning(Cause.HIDDEN_CELLS, {"names": "Lương"}),
    )
    assert [start.page for start in document.page_starts] == [1, 3]


def test_slides_with_their_notes() -> None:
    def frame(kind: str, content: str) -> str:
        return (
            f'<draw:frame presentation:class="{kind}"><draw:text-box>{content}</draw:text-box>'
            "</draw:frame>"
        )

    hidden = '<style:drawing-page-properties presentation:visibility="hidden"/>'
    styles = style("dp2", properties=hidden, family="drawing-page")
    notes = f"<presentation:notes>{frame('notes', paragraph('Nói chậm.'))}</presentation:notes>"
    body = (
        f"<draw:page>{frame('outline', paragraph('Ba cầu.'))}"
        f"{frame('title', paragraph('Mục tiêu'))}"
        f"{frame('page-number', paragraph('1'))}{notes}</draw:page>"
        f'<draw:page draw:style-name="dp2">{frame("title", paragraph("Secret"))}</draw:page>'
    )
    draft = read(open_document(f"<office:presentation>{body}</office:presentation>", styles=styles))
    assert [(one.text, one.kind, one.page) for one in draft.paragraphs] == [
        ("Mục tiêu", HEADING, 1),
        ("Ba cầu.", ParagraphKind.PROSE, 1),
        ("Nói chậm.", ParagraphKind.PROSE, 1),
    ]
    assert draft.warnings == (ReadingWarning(Cause.HIDDEN_SLIDES, {"slides": "2"}),)
    assert draft.metadata.title == "Mục tiêu"


def test_what_cannot_be_read() -> None:
    locked = open_document("<office:text/>", manifest="<manifest:encryption-data/>")
    empty = open_document("<office:text/>")
    cases = {locked: Cause.ENCRYPTED, empty: Cause.EMPTY, archive({}): Cause.DAMAGED}
    for data, cause in cases.items():
        with pytest.raises(UnreadableError) as error:
            parse("a.odt", data)
        assert error.value.cause is cause
