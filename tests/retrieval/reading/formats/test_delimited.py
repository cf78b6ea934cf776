"""Tables in plain text: delimiters, quotes, encodings, heads."""

from __future__ import annotations

import pytest

from retrieval.reading.draft import ParagraphKind
from retrieval.reading.formats.delimited import read
from retrieval.reading.parser import parse
from retrieval.refusals import Cause, UnreadableError

HEADS = "Họ tên | Phòng | Lương"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_rows(sign: str) -> None:
    data = sign.join(["Họ tên", "Phòng", "Lương"]) + "\n" + sign.join(["Lan", "Kho", "12.500.000"])
    draft = read(data.encode())
    assert [row.text for row in draft.paragraphs] == [HEADS, "Lan | Kho | 12.500.000"]
    assert draft.paragraphs[0].kind is ParagraphKind.HEADER_ROW


def test_a_semicolon_goes_before_the_comma_of_numbers() -> None:
    draft = read("Mã;Giá\nA;1,5\nB;2,5\nC;3\n".encode())
    assert [row.text for row in draft.paragraphs] == ["Mã | Giá", "A | 1,5", "B | 2,5", "C | 3"]


def test_excels_own_line_declares_the_delimiter() -> None:
    draft = read("sep=;\r\nMã;Giá, đồng\r\nA;5\r\nB;6\r\n".encode())
    assert draft.text == "Mã | Giá, đồng\n\nA | 5\n\nB | 6"


def test_quoted_cells_keep_delimiters_and_become_one_line() -> None:
    draft = read('Tên,Nơi\n"Lan, Hoa","Số 5,\nHuế"\n"Mai ""Béo""",Vinh\n'.encode())
    assert draft.text == 'Tên | Nơi\n\nLan, Hoa | Số 5, Huế\n\nMai "Béo" | Vinh'


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_encodings_of_vietnam(codec: str) -> None:
    lines = "Họ tên;Phòng;Chức vụ\nNguyễn Văn Bảy;Kế toán;Trưởng phòng\nTrần Thị Mơ;Kho;Thủ kho\n"
    if codec == "cp1258":  # it writes tones as marks of their own
        data = b"H\xf2 t\xean;Ph\xf2ng;Ch\xfd\xec v\xf9\n"
        data = "".join(_parted(char) for char in lines).encode("cp1258")
    else:
        data = lines.encode(codec)
    assert parse("a.csv", data).text.startswith("Họ tên | Phòng | Chức vụ\n\nNguyễn Văn Bảy | Kế")


def _parted(char: str) -> str:
    """A letter as the code page has it: its tone apart, its hat and horn not."""
    from unicodedata import normalize

    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = normalize("NFD", char)
    base = "".join(part for part in parts if part not in tones)
    return normalize("NFC", base) + "".join(part for part in parts if part in tones)


def test_a_single_column_is_lines() -> None:
    assert read("một\nhai\nba\n".encode()).text == "một\n\nhai\n\nba"


def test_rows_of_unequal_length_keep_their_columns() -> None:
    draft = read(b"Name,Room,Phone\nAnn,,204\nBob,7\n")
    assert [row.text for row in draft.paragraphs] == [
        "Name | Room | Phone",
        "Ann |  | 204",
        "Bob | 7 | ",
    ]


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", Cause.EMPTY),
        (b",,\n,,\n", Cause.EMPTY),
        (b"They met,in \xff\xfe\xfa.", Cause.ENCODING),
    ],
)
def test_what_cannot_be_read(data: bytes, cause: Cause) -> None:
    with pytest.raises(UnreadableError) as error:
        parse("a.csv", data)
    assert error.value.cause is cause


def test_an_open_quote_takes_the_rest_as_one_cell() -> None:
    assert read(b'Name,Room\n"Ann,7\nBob,8\n').text == "Name | Room\n\nAnn,7 Bob,8"


def test_a_table_has_its_heads_and_no_title() -> None:
    document = parse("a.tsv", "Mã\tGiá\nA\t5\nB\t6\n".encode())
    assert document.title == ""
    (table,) = document.tables
    assert table.head.of(document.text) == "Mã | Giá"
    assert table.span.of(document.text) == document.text
