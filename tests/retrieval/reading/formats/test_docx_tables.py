"""Word: a table's rows, with merged cells, tables within tables and tracked rows."""

from __future__ import annotations

from retrieval.reading.formats.docx import read
from tests.helpers.word_bytes import cell, paragraph, row, run, table, word_file

STARTS, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def texts(body: str, **parts: str) -> list[str]:
    return [each.text for each in read(word_file(body, **parts)).paragraphs]


def test_a_merged_cell_is_said_in_every_row() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    body = table(
        row(cell("Tên", wide), "Tuổi"),
        row(cell("Hà Nội", STARTS), "Lan", "30"),
        row(cell("<w:p/>", GOES_ON), cell("Hoa", STARTS), "31"),
        row(cell("<w:p/>", GOES_ON), cell("<w:p/>", GOES_ON), "32"),
        row("Huế", "Mai", "33"),
        row(cell("<w:p/>", GOES_ON), "Cúc", "34"),
    )
    assert texts(body) == [
        "Tên | Tuổi",
        "Hà Nội | Lan | 30",
        "Hà Nội | Hoa | 31",
        "Hà Nội | Hoa | 32",
        "Huế | Mai | 33",
        " | Cúc | 34",
    ]


def test_a_merged_cell_by_the_column_it_begins_in() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    shifted = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    body = table(
        row("a", "b", cell("c", STARTS)),
        row(cell("d", wide), cell("<w:p/>", GOES_ON)),
        shifted + cell("e") + cell("<w:p/>", GOES_ON) + "</w:tr>",
    )
    assert texts(body) == ["a | b | c", "d | c", "e | c"]


def test_a_long_merged_cell_is_not_repeated() -> None:
    long = "word " * 100
    body = table(row(cell(long, STARTS), "a"), row(cell("<w:p/>", GOES_ON), "b"))
    assert texts(body) == [f"{long.strip()} | a", " | b"]


def test_a_small_table_within_a_cell_is_part_of_the_row() -> None:
    inner = table(row("Tổ trưởng", "Lan"), row("a", "b", "c"))
    assert texts(table(row("Ca trực", f"<w:tc>{inner}<w:p/></w:tc>"))) == [
        "Ca trực | Tổ trưởng: Lan; a, b, c"
    ]


def test_a_large_table_within_a_cell_follows_the_row() -> None:
    inner = table(*(row(f"name {n}", "word " * 5) for n in range(20)))
    found = texts(table(row("Ca trực", f"<w:tc>{inner}<w:p/></w:tc>"), row("a", "b")))
    assert found[0] == "Ca trực | "
    assert found[1:21] == [f"name {n} | word word word word word" for n in range(20)]
    assert found[21:] == ["a | b"]


def test_a_row_of_one_cell_is_a_frame() -> None:
    content = paragraph("A head", '<w:outlineLvl w:val="0"/>') + paragraph("Text.")
    assert texts(table(row(f"<w:tc>{content}{table(row('a', 'b'))}<w:p/></w:tc>"))) == [
        "A head",
        "Text.",
        "a | b",
    ]


def test_rows_and_cells_in_content_controls_and_tracked_changes() -> None:
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('gone')}{cell('gone')}</w:tr>"
    inserted = f"<w:tr><w:trPr><w:ins/></w:trPr>{cell('new')}{cell('row')}</w:tr>"
    controlled = f"<w:sdt><w:sdtContent>{row('c', 'd')}</w:sdtContent></w:sdt>"
    controlled_cell = f"<w:sdt><w:sdtContent>{cell('e')}</w:sdtContent></w:sdt>"
    body = table(
        row("a", "b", cell("gone", "<w:cellDel/>")),
        deleted,
        inserted,
        controlled,
        row(controlled_cell, "f"),
    )
    assert texts(body) == ["a | b", "new | row", "c | d", "e | f"]


def test_lines_and_boxes_in_a_cell_stay_in_its_row() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('box')}</w:txbxContent></w:pict></w:r>"
    content = paragraph(run("a") + "<w:r><w:br/></w:r>" + run("b") + box) + paragraph("c")
    assert texts(table(row(f"<w:tc>{content}</w:tc>", "d"))) == ["a b box c | d"]
