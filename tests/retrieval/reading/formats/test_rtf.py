r"""Rich text: letters in code pages and Unicode, styles, lists, tables, notes, what is hidden."""

from __future__ import annotations

import pytest

from retrieval.language.words import normal
from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind
from retrieval.reading.formats.rtf import read
from retrieval.reading.parser import parse
from retrieval.refusals import Cause, UnreadableError

HEADING, HEADS = ParagraphKind.HEADING, ParagraphKind.HEADER_ROW
FONTS = (
    r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset163 Arial;}{\f2\fcharset0 .VnTime;}"
    r"{\f3\fcharset2 Symbol;}{\f4\fcharset204 Arial;}{\f5{\*\falt Times}VNI-Times;}}"
)


def rich(body: str, head: str = "", codec: str = "latin-1") -> Draft:
    return read(rf"{{\rtf1\ansi\ansicpg1252\deff0{FONTS}{head}{body}}}".encode(codec))


def texts(draft: Draft) -> list[str]:
    return [paragraph.text for paragraph in draft.paragraphs]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"h\u7897?i ngh\u7883?", "hội nghị"),
        (r"\uc2 h\u7897\'b6\'b5i", "hội"),
        (r"\uc0 h\u7897 i", "hội"),
        (r"{\uc0 h\u7897 i} \u7897?", "hội ộ"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\f1 h\'f4\'f2i", "hội"),
        (r"\f1 \'d0\'f4ng A\'ec", "Đông Á"),
        (r"\f4 \'cc\'ee\'f1\'ea\'e2\'e0", "Москва"),
        (r"\f2 Tµi liÖu", "Tài liệu"),
        (r"\f2 T\'b5i li\'d6u", "Tài liệu"),
        (r"\f5 taøi lieäu", "tài liệu"),
        (r"caf\'e9\~\ldblquote x\rdblquote\emdash y\_z", "café\xa0“x”—y-z"),
        (r"a\{b\}\\c", r"a{b}\c"),
        (r"one\line two\tab three", "one\ntwo\tthree"),
        ("broken\r\nword", "brokenword"),
    ],
)
def test_letters(written: str, expected: str) -> None:
    assert [normal(text) for text in texts(rich(written + r"\par"))] == [expected]


def test_headings_by_style_and_outline_and_the_title() -> None:
    styles = (
        r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 M\u7909?c;}{\s2 heading 2;}{\s3 Title;}"
        r"{\s4 caption;}{\*\cs9 Strong;}}"
    )
    body = (
        r"\pard\s3 Quy ch\u7871? l\'e0m vi\u7879?c\par\pard\s1 Gi\u7901?\par\pard\s2 S\'e1ng\par"
        r"\pard\s0\outlinelevel2 Tr\u432?a\par\pard\s4 \u7842?nh\par\pard T\u7915? 8 gi\u7901?.\par"
    )
    assert rich(body, styles) == Draft(
        (
            Paragraph("Quy chế làm việc", HEADING),
            Paragraph("Giờ", HEADING, 1),
            Paragraph("Sáng", HEADING, 2),
            Paragraph("Trưa", HEADING, 3),
            Paragraph("Ảnh", ParagraphKind.CAPTION),
            Paragraph("Từ 8 giờ."),
        ),
        Metadata(title="Quy chế làm việc"),
    )


@pytest.mark.parametrize(
    ("filed", "title"), [(r"K\u7871?t qu\u7843? h\u7885?p", "Kết quả họp"), ("a.rtf", "")]
)
def test_the_title_in_the_properties(filed: str, title: str) -> None:
    info = rf"{{\info{{\title {filed}}}{{\author Lan}}}}"
    assert rich(r"They met.\par", info).metadata == Metadata(title=title)


def test_what_is_hidden_deleted_or_no_text_is_left_out() -> None:
    body = (
        r"They {\v secretly }{\deleted never }met{\*\unknown x}{\pict\pngblip 0102}"
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt  here}}{\*\annotation x}.\par"
        r"{\header Head\par}{\footer Foot\par}\bin3 }{{{\xe entry}"
    )
    assert texts(rich(body)) == ["They met here."]


def test_labels_of_lists() -> None:
    body = (
        r"\pard{\listtext\pard\plain 1.\tab}one\par{\listtext 2.\tab}two\par"
        r"{\pntext\f3\'b7\tab}three\par{\listtext\f3 \u-3913 ?\tab}four\par"
    )
    assert texts(rich(body)) == ["1. one", "2. two", "- three", "- four"]


def row(*cells: str, more: str = "", merged: tuple[str, ...] = ()) -> str:
    marks = [*merged, *[""] * (len(cells) - len(merged))]
    edges = "".join(rf"{mark}\cellx{(i + 1) * 1000}" for i, mark in enumerate(marks))
    content = "".join(rf"{cell}\cell " for cell in cells)
    return rf"\trowd{more}{edges}\pard\intbl {content}\row "


def test_tables_with_heads_and_merged_cells() -> None:
    body = (
        r"\pard Gi\u225?\par"
        + row("Tên", "Nơi", "Số", more=r"\trhdr")
        + row("Lan", r"Huế\par và Vinh", "5", merged=(r"\clvmgf",))
        + row("", "Sa Pa", "6", merged=(r"\clvmrg",))
        + row("Hoa", "cả hai", "", merged=("", r"\clmgf", r"\clmrg"))
        + r"\pard They met.\par"
    )
    unicode = "".join(char if ord(char) < 256 else rf"\u{ord(char)}?" for char in body)
    draft = rich(unicode)
    assert [(one.text, one.kind is HEADS) for one in draft.paragraphs] == [
        *(("Giá", False), ("Tên | Nơi | Số", True), ("Lan | Huế và Vinh | 5", False)),
        *(("Lan | Sa Pa | 6", False), ("Hoa | cả hai | ", False), ("They met.", False)),
    ]


def test_notes_and_text_boxes() -> None:
    body = (
        r"Open{\super\chftn}{\footnote\pard {\super\chftn} Except Sundays.\par} daily."
        r"{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt\pard In a box\par}}}\par More.\par"
    )
    assert texts(rich(body)) == ["Open[1] daily. [1] Except Sundays.", "In a box", "More."]


@pytest.mark.parametrize("cut", [r"They met", r"{\b They met", r"\pard They met\par {\footnote"])
def test_a_file_that_is_cut_off_is_read_up_to_there(cut: str) -> None:
    assert texts(read(rf"{{\rtf1\ansi {cut}".encode())) == ["They met"]


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", Cause.DAMAGED),
        (b"They met.", Cause.DAMAGED),
        (rb"{\rtf1\ansi}", Cause.EMPTY),
        (rb"{\rtf1\ansi\bin99999 }", Cause.EMPTY),
        (b"{\\rtf1" + b"{" * 200_000, Cause.EMPTY),
    ],
)
def test_what_cannot_be_read(data: bytes, cause: Cause) -> None:
    with pytest.raises(UnreadableError) as error:
        parse("a.rtf", data)
    assert error.value.cause is cause
