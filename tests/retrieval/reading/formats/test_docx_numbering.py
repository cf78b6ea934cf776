"""Word: automatic numbers as Word shows them."""

from __future__ import annotations

import pytest

from retrieval.reading.formats.docx import read
from retrieval.reading.formats.word.number_formats import formatted
from tests.helpers.word_bytes import paragraph, word_file


def level(at: int, pattern: str, style: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/>{more}</w:lvl>'
    )


def scheme(identifier: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{identifier}">{"".join(levels)}</w:abstractNum>'


def numbers(identifier: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def item(text: str, numbered: int | None, at: int | None = 0, style: str = "") -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered is not None:
        ilvl = "" if at is None else f'<w:ilvl w:val="{at}"/>'
        properties += f'<w:numPr>{ilvl}<w:numId w:val="{numbered}"/></w:numPr>'
    return paragraph(text, properties)


def shown(*items: str, numbering: str, styles: str = "") -> list[str]:
    draft = read(word_file("".join(items), numbering=numbering, styles=styles))
    return [each.text for each in draft.paragraphs]


LAW = scheme(
    1,
    level(0, "Chương %1", "upperRoman"),
    level(1, "Điều %2.", more='<w:lvlRestart w:val="0"/>'),
    level(2, "%3."),
    level(3, "%4)", "lowerLetter"),
) + numbers(1, 1)


def test_chapters_articles_clauses_and_points() -> None:
    levels = (0, 1, 2, 2, 3, 3, 1, 2, 3, 0, 1, 2)
    assert shown(*(item("Text", 1, at) for at in levels), numbering=LAW) == [
        "Chương I Text",
        "Điều 1. Text",
        "1. Text",
        "2. Text",
        "a) Text",
        "b) Text",
        "Điều 2. Text",
        "1. Text",
        "a) Text",
        "Chương II Text",
        "Điều 3. Text",
        "1. Text",
    ]


def test_numbers_of_many_levels() -> None:
    levels = (
        level(0, "%1.", "upperRoman"),
        level(1, "%1.%2"),
        level(2, "%1.%2.%3", more="<w:isLgl/>"),
    )
    numbering = scheme(1, *levels) + numbers(1, 1)
    assert shown(*(item("T", 1, at) for at in (0, 1, 2, 2, 1, 0, 2)), numbering=numbering) == [
        "I. T", "I.1 T", "1.1.1 T", "1.1.2 T", "I.2 T", "II. T", "2.1.1 T",
    ]  # fmt: skip


def test_lists_of_one_scheme_count_on_unless_one_starts_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "(%1)", "lowerLetter")}</w:lvlOverride>'
    numbering = (
        scheme(1, level(0, "%1.")) + scheme(2, level(0, "%1.", start=3))
        + numbers(1, 1) + numbers(2, 1) + numbers(3, 1, anew) + numbers(4, 2) + numbers(5, 1, other)
    )  # fmt: skip
    items = (item("T", numbered) for numbered in (1, 1, 2, 3, 3, 4, 4, 1, 5))
    assert shown(*items, numbering=numbering) == [
        "1. T", "2. T", "3. T", "5. T", "6. T", "3. T", "4. T", "7. T", "(h) T",
    ]  # fmt: skip


def test_bullets() -> None:
    numbering = scheme(1, level(0, "\uf0b7", "bullet"), level(1, "o", "bullet")) + numbers(1, 1)
    assert shown(item("A", 1), item("B", 1, 1), item("- C", 1), numbering=numbering) == [
        "- A",
        "- B",
        "- C",
    ]


STYLES = (
    '<w:style w:styleId="Dieu"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/>'
    '</w:numPr></w:pPr></w:style><w:style w:styleId="Con"><w:basedOn w:val="Dieu"/></w:style>'
)


def test_numbers_that_the_style_sets() -> None:
    of_style = level(0, "Chương %1") + level(1, "Điều %2.", more='<w:pStyle w:val="Dieu"/>')
    items = (
        item("A", None, style="Dieu"),
        item("B", None, style="Con"),
        item("C", 0, style="Dieu"),
        item("D", None, style="Dieu"),
    )
    assert shown(*items, numbering=scheme(1, of_style) + numbers(1, 1), styles=STYLES) == [
        "Điều 1. A",
        "Điều 2. B",
        "C",
        "Điều 3. D",
    ]


def test_a_scheme_that_names_another_by_its_style() -> None:
    numbering = (
        scheme(1, level(0, "§%1"), '<w:styleLink w:val="S"/>')
        + scheme(2, '<w:numStyleLink w:val="S"/>')
        + numbers(1, 1)
        + numbers(2, 2)
    )
    assert shown(item("T", 1), item("T", 2), numbering=numbering) == ["§1 T", "§2 T"]


def test_what_takes_a_number_and_what_does_not() -> None:
    numbering = scheme(1, level(0, "%1.")) + numbers(1, 1)
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    items = (
        item("A", 1),
        paragraph("<w:r/>", number),
        paragraph("<w:r/>", f"{number}<w:rPr><w:vanish/></w:rPr>"),
        paragraph("<w:r/>", f"{number}<w:sectPr/>"),
        paragraph("Gone ", f"{number}<w:rPr><w:del/></w:rPr>"),
        item("B", 1),
        item("C", 9),
    )
    assert shown(*items, numbering=numbering) == ["1. A", "3. Gone B", "C"]


def test_a_hidden_number_counts_and_is_not_shown() -> None:
    hidden = level(0, "%1.", more="<w:rPr><w:vanish/></w:rPr>")
    numbering = scheme(1, hidden, level(1, "%1.%2")) + numbers(1, 1)
    assert shown(item("A", 1), item("B", 1, 1), numbering=numbering) == ["A", "1.1 B"]


@pytest.mark.parametrize(
    ("number", "style", "expected"),
    [
        (7, "decimal", "7"),
        (7, "decimalZero", "07"),
        (12, "decimalZero", "12"),
        (1994, "upperRoman", "MCMXCIV"),
        (4, "lowerRoman", "iv"),
        (0, "lowerRoman", "0"),
        (30_000, "lowerRoman", "30000"),
        (26, "lowerLetter", "z"),
        (28, "upperLetter", "BB"),
        (0, "lowerLetter", "0"),
        (30_000, "lowerLetter", "30000"),
        (2, "russianLower", "б"),
        (2, "ordinal", "2nd"),
        (12, "ordinal", "12th"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (3, "none", ""),
        (3, "chicago", "3"),
    ],
)
def test_formats_of_numbers(number: int, style: str, expected: str) -> None:
    assert formatted(number, style) == expected
