"""Column heads: told from other rows, and repeated in long tables."""

import pytest

from retrieval.reading.cleaning.tables import with_heads
from retrieval.reading.draft import Paragraph, ParagraphKind
from retrieval.reading.parser import parse

HEADER_ROW = ParagraphKind.HEADER_ROW


def rows(*texts: str, kind: ParagraphKind = ParagraphKind.PROSE) -> list[Paragraph]:
    return [Paragraph(text, kind) for text in texts]


@pytest.mark.parametrize(
    "texts",
    [
        ("Xã | Ngày tiêm", "Bản Na | 3/4", "Bản Lò | 5/4"),
        ("Bến | Đò | Giá", "Bến A | đò to | rẻ"),
        ("Thu | Năm 2022", "Vé đò | 1.200", "Vé xe | 900"),
    ],
)
def test_the_first_row_may_name_the_columns(texts: tuple[str, ...]) -> None:
    told = with_heads(rows(*texts))
    assert [each.kind is HEADER_ROW for each in told] == [True] + [False] * (len(texts) - 1)


@pytest.mark.parametrize(
    "texts",
    [
        ("Bến A | Bà Mận", "Bến B | Ông Ổi"),
        ("Bến A | đò 3 | rẻ", "Bến B | đò 4 | đắt"),
        ("Phòng 1 | 204", "Phòng 2 | 205", "Phòng 3 | 206"),
        ("Bến | Đò | Giá", "Tiêm xong thì nghỉ."),
    ],
)
def test_other_rows_name_no_columns(texts: tuple[str, ...]) -> None:
    assert with_heads(rows(*texts)) == rows(*texts)


def test_lines_of_values_have_heads_and_lines_of_code_have_none() -> None:
    values = rows("Xã,Ngày tiêm,Ai tiêm", "Bản Na,3/4,Bà Mai", kind=ParagraphKind.LINE)
    assert with_heads(values)[0].kind is HEADER_ROW
    code = rows("int a;", "a = f(1);", "b = f(2);", kind=ParagraphKind.LINE)
    assert with_heads(code) == code


def test_a_long_table_has_its_heads_repeated_once_a_part() -> None:
    told = with_heads(
        rows("Bến | Đò | Giá", *(f"Bến số {i} | đò to | {i} đồng" for i in range(30)))
    )
    places = [i for i, each in enumerate(told) if each.kind is HEADER_ROW]
    sizes = [len(told[start:end]) for start, end in zip(places, [*places[1:], None], strict=True)]
    assert len(places) > 2
    assert max(sizes) - min(sizes) <= 1
    assert {each.text for each in told if each.kind is HEADER_ROW} == {"Bến | Đò | Giá"}
    assert with_heads(told) == told


def test_a_document_knows_the_rows_below_each_heads() -> None:
    page = "Mở đầu.\n\n| Bến | Giá |\n|---|---|\n| A | hai |\n| B | ba |\n\nKết thúc."
    document = parse("a.md", page.encode())
    (table,) = document.tables
    assert table.head.of(document.text) == "Bến | Giá"
    assert table.span.of(document.text) == "Bến | Giá\n\nA | hai\n\nB | ba"
