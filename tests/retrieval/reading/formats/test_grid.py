"""Grids of cells: lines above them, column heads, groups of rows."""

from __future__ import annotations

from retrieval.reading.draft import ParagraphKind
from retrieval.reading.formats.grid import Heads, Row, paragraphs_of


def told(*rows: str, taken: Heads = Heads.JUDGED) -> list[str]:
    """The paragraphs of rows written with "/" between cells and "!" before told heads."""
    width = max(row.count("/") for row in rows) + 1
    grid = []
    for row in rows:
        cells = [cell.strip() for cell in row.removeprefix("!").split("/")]
        grid.append(Row((*cells, *[""] * (width - len(cells))), row.startswith("!")))
    paragraphs = paragraphs_of(grid, taken)
    return [("# " if is_head(one.kind) else "") + one.text for one in paragraphs]


def is_head(kind: ParagraphKind) -> bool:
    return kind is ParagraphKind.HEADER_ROW


def test_words_above_figures_are_the_heads_and_lines_stand_above_them() -> None:
    assert told("Bảng giá", "Mã / Giá / Kho", "A / 5 / Bắc", "B / 6 / Nam") == [
        "Bảng giá",
        "# Mã | Giá | Kho",
        "A | 5 | Bắc",
        "B | 6 | Nam",
    ]


def test_heads_stand_again_below_the_name_of_a_group() -> None:
    rows = ("Mã / Giá / Kho", "A / 5 / Bắc", "Hàng cũ", "B / 6 / Nam")
    heads = "# Mã | Giá | Kho"
    assert told(*rows) == [heads, "A | 5 | Bắc", "Hàng cũ", heads, "B | 6 | Nam"]


def test_heads_go_on_behind_an_empty_row_and_end_at_other_heads() -> None:
    assert told("Mã / Giá", "A / 5", "B / 6", "", "C / 7", "", "Tên / Tuổi", "D / 8", "E / 9") == [
        *("# Mã | Giá", "A | 5", "B | 6"),
        *("# Mã | Giá", "C | 7"),
        *("# Tên | Tuổi", "D | 8", "E | 9"),
    ]


def test_two_rows_are_heads_where_cells_reach_into_the_second() -> None:
    rows = ("STT / Lương / / Ghi chú", "STT / Gốc / Thưởng / Ghi chú", "1 / 5 / 2 / a")
    assert told(*rows, "2 / 6 / 3 / b") == [
        "# STT | Lương |  | Ghi chú",
        "# STT | Gốc | Thưởng | Ghi chú",
        "1 | 5 | 2 | a",
        "2 | 6 | 3 | b",
    ]


def test_heads_that_the_file_tells_go_before_those_that_rows_tell() -> None:
    assert told("Mã / Giá", "A / 5", "!Tên / Nơi", "B / Huế") == [
        *("Mã | Giá", "A | 5"),
        *("# Tên | Nơi", "B | Huế"),
    ]


def test_a_label_and_its_value_are_no_heads() -> None:
    assert told("Tên / Lan", "Nơi / Huế") == ["Tên | Lan", "Nơi | Huế"]
    assert told("Tên / Lan", "Nơi / Huế", taken=Heads.CUSTOMARY)[0] == "# Tên | Lan"


def test_a_form_of_labels_and_values_has_no_heads() -> None:
    form = ("Tên / Lan", "Địa chỉ / Số 42", "Điện thoại / 0912", "Thư / lan@mau.example")
    assert told(*form)[0] == "Tên | Lan"


def test_in_the_tables_of_a_text_only_told_heads_count() -> None:
    assert told("Mã / Giá", "A / 5", "B / 6", taken=Heads.TOLD)[0] == "Mã | Giá"
    assert told("!Mã / Giá", "A / 5", "B / 6", taken=Heads.TOLD)[0] == "# Mã | Giá"


def test_years_above_figures_are_heads_and_rows_of_years_are_not() -> None:
    assert told("Tỉnh / 2020 / 2021", "Huế / 5 / 7", "Vinh / 6 / 8")[0] == "# Tỉnh | 2020 | 2021"
    assert told("Lan / 1990", "Hoa / 1985", "Mai / 1979") == [
        "Lan | 1990",
        "Hoa | 1985",
        "Mai | 1979",
    ]


def test_empty_columns_have_no_place() -> None:
    assert told("Mã / / Giá", "A / / 5", "B / / 6") == ["# Mã | Giá", "A | 5", "B | 6"]


def test_nothing_is_nothing() -> None:
    assert list(paragraphs_of([])) == []
    assert list(paragraphs_of([Row(("", ""))])) == []
