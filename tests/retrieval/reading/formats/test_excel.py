"""Workbooks: sheets, shown values, column heads, merged and hidden cells, titles."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from retrieval.reading.draft import Draft, Metadata, ParagraphKind
from retrieval.reading.formats.excel import read
from retrieval.reading.parser import parse
from retrieval.refusals import Cause, ReadingWarning, UnreadableError

HEADS, HEADING = ParagraphKind.HEADER_ROW, ParagraphKind.HEADING


def saved(book: Any) -> bytes:  # noqa: ANN401
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def sheet_of(*rows: list[Any], name: str = "Sheet1") -> Any:  # noqa: ANN401
    """A sheet with these rows, of a book of its own."""
    sheet = openpyxl.Workbook().active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    return sheet


def read_sheet(sheet: Any) -> Draft:  # noqa: ANN401
    return read(saved(sheet.parent))


def texts(draft: Draft) -> list[str]:
    return [paragraph.text for paragraph in draft.paragraphs]


def test_rows_below_their_heads_with_values_as_shown() -> None:
    sheet = sheet_of(
        ["Bảng lương tháng 5"],
        ["Họ tên", "Lương", "Thuế", "Ngày vào", "Giờ"],
        ["Lan", 12500000, 0.125, date(2021, 9, 29), time(8, 30)],
        ["Hoa", 9800000.4, 0.05, datetime(2020, 1, 2), time(17, 0)],
        name="Lương",
    )
    for row in (3, 4):
        formats = ("#,##0", "0.0%", "dd/mm/yyyy", "h:mm")
        for column, code in enumerate(formats, start=2):
            sheet.cell(row, column).number_format = code
    draft = read_sheet(sheet)
    assert [(one.text, one.kind, one.page) for one in draft.paragraphs] == [
        ("Lương", HEADING, 1),
        ("Bảng lương tháng 5", ParagraphKind.PROSE, 1),
        ("Họ tên | Lương | Thuế | Ngày vào | Giờ", HEADS, 1),
        ("Lan | 12,500,000 | 12.5% | 29/09/2021 | 8:30", ParagraphKind.PROSE, 1),
        ("Hoa | 9,800,000 | 5.0% | 02/01/2020 | 17:00", ParagraphKind.PROSE, 1),
    ]
    assert draft.metadata == Metadata(title="Bảng lương tháng 5")


def test_each_sheet_is_a_section_and_the_book_has_no_title_of_one() -> None:
    sheet = sheet_of(["Tên", "Tuổi"], ["Lan", 30], ["Hoa", 40], name="Nhân sự")
    other = sheet.parent.create_sheet("Kho")
    for row in (["Hàng", "Số"], ["Giấy", 5], ["Mực", 6]):
        other.append(row)
    sheet.parent.create_sheet("Trống")
    document = parse("so.xlsx", saved(sheet.parent))
    assert document.text == (
        "Nhân sự\n\nTên | Tuổi\n\nLan | 30\n\nHoa | 40\n\nKho\n\nHàng | Số\n\nGiấy | 5\n\nMực | 6"
    )
    assert [(one.span.of(document.text), one.level) for one in document.headings] == [
        ("Nhân sự", 1),
        ("Kho", 1),
    ]
    assert document.title == ""
    assert [table.head.of(document.text) for table in document.tables] == [
        "Tên | Tuổi",
        "Hàng | Số",
    ]
    assert [document.text[start.offset :][:3] for start in document.page_starts] == ["Nhâ", "Kho"]
    assert [start.page for start in document.page_starts] == [1, 2]


@pytest.mark.parametrize("name", ["Sheet1", "Trang tính1", "Sheet"])
def test_a_lone_sheet_without_a_name_of_its_own_has_no_heading(name: str) -> None:
    assert texts(read_sheet(sheet_of(["They met."], name=name))) == ["They met."]


def test_the_title_in_the_properties_goes_before_the_line_above_the_table() -> None:
    sheet = sheet_of(["Bảng giá quý hai"], ["Mã", "Giá"], ["A", 5], ["B", 6])
    assert read_sheet(sheet).metadata.title == "Bảng giá quý hai"
    sheet.parent.properties.title = "Giá bán buôn năm 2024"
    assert read_sheet(sheet).metadata.title == "Giá bán buôn năm 2024"
    sheet.parent.properties.title = "gia.xlsx"
    assert read_sheet(sheet).metadata.title == "Bảng giá quý hai"


def test_merged_cells_stand_in_each_row_that_they_cover() -> None:
    sheet = sheet_of(["Tổ", "Tên", "Điểm", None], [None, None, "Viết", "Nói"], ["Một", "Lan", 5, 7])
    sheet.append([None, "Hoa", 6, 8])
    for cells in ("A1:A2", "B1:B2", "C1:D1", "A3:A4"):
        sheet.merge_cells(cells)
    draft = read_sheet(sheet)
    assert texts(draft) == [
        "Tổ | Tên | Điểm | ",
        "Tổ | Tên | Viết | Nói",
        "Một | Lan | 5 | 7",
        "Một | Hoa | 6 | 8",
    ]
    assert [one.kind is HEADS for one in draft.paragraphs] == [True, True, False, False]


@pytest.mark.parametrize("sign", ["frozen", "printed", "filtered", "table"])
def test_heads_that_the_workbook_treats_as_such(sign: str) -> None:
    sheet = sheet_of(["Việc", "Người"], ["Bàn giao", "Lan"], ["Kiểm kê", "Hoa"])
    assert read_sheet(sheet).paragraphs[0].kind is ParagraphKind.PROSE
    if sign == "frozen":
        sheet.freeze_panes = "A2"
    elif sign == "printed":
        sheet.print_title_rows = "1:1"
    elif sign == "filtered":
        sheet.auto_filter.ref = "A1:B3"
    else:
        sheet.add_table(Table(displayName="Viec", ref="A1:B3"))
    assert [one.kind is HEADS for one in read_sheet(sheet).paragraphs] == [True, False, False]


def test_hidden_sheets_rows_and_columns_are_left_out_and_named() -> None:
    sheet = sheet_of(
        ["Tên", "Mật", "Tuổi"], ["Lan", "x", 30], ["Mai", "y", 20], ["Hoa", "z", 40], name="Người"
    )
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    for name, state in (("Nháp", "hidden"), ("Sâu", "veryHidden")):
        sheet.parent.create_sheet(name).append(["Secret"])
        sheet.parent[name].sheet_state = state
    draft = read_sheet(sheet)
    assert texts(draft) == ["Người", "Tên | Tuổi", "Lan | 30", "Hoa | 40"]
    assert draft.warnings == (
        ReadingWarning(Cause.HIDDEN_SHEETS, {"names": "Nháp, Sâu"}),
        ReadingWarning(Cause.HIDDEN_CELLS, {"names": "Người"}),
    )


def test_a_formula_shows_the_value_saved_with_it() -> None:
    from tests.helpers.word_bytes import rewritten

    sheet = sheet_of(["Mã", "Giá"], ["A", 5], ["Cộng", "=SUM(B2:B2)"])
    data = rewritten(
        saved(sheet.parent), b"<f>SUM(B2:B2)</f><v></v>", b"<f>SUM(B2:B2)</f><v>42</v>"
    )
    data = rewritten(data, b"<f>SUM(B2:B2)</f><v />", b"<f>SUM(B2:B2)</f><v>42</v>")
    assert texts(read(data))[-1] == "Cộng | 42"


def test_cells_far_apart_cost_nothing() -> None:
    sheet = sheet_of(["Mã", "Giá"], ["A", 5], ["B", 6])
    sheet["XFD1048576"] = "Far"
    assert texts(read_sheet(sheet)) == ["Mã | Giá", "A | 5", "B | 6", "Far"]


def test_what_cannot_be_read() -> None:
    with pytest.raises(UnreadableError) as error:
        parse("a.xlsx", b"PK\x03\x04 no zip")
    assert str(error.value) == "it is damaged or no .xlsx file; save it again"
    with pytest.raises(UnreadableError) as error:
        parse("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))
    assert error.value.cause is Cause.ENCRYPTED
    with pytest.raises(UnreadableError) as error:
        parse("a.xlsx", saved(openpyxl.Workbook()))
    assert error.value.cause is Cause.EMPTY
