"""Tables and forms of a PDF that no lines are drawn for, and what only looks like one."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.reading.draft import ParagraphKind
from retrieval.reading.formats.pdf import read
from tests.helpers.pdf_bytes import Drawn, Text, drawn_pdf, lines_at

GRID = (
    "50 640 m 350 640 l 50 660 m 350 660 l 50 680 m 350 680 l 50 700 m 350 700 l S"
    " 50 640 m 50 700 l 150 640 m 150 700 l 250 640 m 250 700 l 350 640 m 350 700 l S"
)


def texts(page: Drawn) -> list[str]:
    return [paragraph.text for paragraph in read(drawn_pdf(page)).paragraphs]


def rows_at(top: int, xs: Sequence[int], *rows: Sequence[str], step: int = 20) -> list[Text]:
    return [
        Text(x, top - step * number, cell)
        for number, row in enumerate(rows)
        for x, cell in zip(xs, row, strict=True)
        if cell
    ]


def test_empty_cells_keep_the_others_below_their_heads() -> None:
    rows = [("Team", "Day", "Night"), ("North", "", "Lan"), ("South", "Mai", "")]
    cells = rows_at(685, (55, 155, 255), *rows)
    assert texts(Drawn(cells, GRID)) == ["Team | Day | Night", "North |  | Lan", "South | Mai | "]
    assert texts(Drawn(cells)) == ["Team | Day | Night", "North |  | Lan", "South | Mai | "]


def test_rows_whose_cells_are_wrapped_are_told_by_the_gaps_between_them() -> None:
    page = Drawn(
        [
            *rows_at(700, (50, 200, 300), ("Post", "Name", "Phone")),
            *rows_at(670, (50, 200, 300), ("Head", "Anna Lee", "0912 111")),
            *rows_at(640, (50, 200, 300), ("Deputy head for", "Otto von", "0912")),
            *rows_at(626, (50, 200, 300), ("stores and roads", "Bern", "222")),
            *rows_at(612, (50, 200, 300), ("in the north", "", "")),
            *rows_at(582, (50, 200, 300), ("Clerk", "Ida May", "0912 333")),
        ]
    )
    assert texts(page) == [
        "Post | Name | Phone",
        "Head | Anna Lee | 0912 111",
        "Deputy head for stores and roads in the north | Otto von Bern | 0912 222",
        "Clerk | Ida May | 0912 333",
    ]


def test_two_columns_under_centred_heads() -> None:
    head = [Text(70, 700, "Day"), Text(230, 700, "Rain")]
    page = Drawn(
        [*head, *rows_at(684, (50, 220), ("Monday", "12 mm"), ("Tuesday", "3 mm"), step=16)]
    )
    assert texts(page) == ["Day | Rain", "Monday | 12 mm", "Tuesday | 3 mm"]


def test_a_form_with_two_labels_in_a_row_and_a_label_of_two_lines() -> None:
    page = Drawn(
        [
            *rows_at(700, (50, 150, 300, 400), ("Name:", "Anna Lee", "Born:", "2 March 1990")),
            *rows_at(670, (50, 150, 300, 400), ("Reason for", "Lost card", "Card:", "LC-5567")),
            *rows_at(656, (50, 150, 300, 400), ("the request:", "", "", "")),
            *rows_at(626, (50, 150, 300, 400), ("Town:", "Bonn", "Phone:", "0912 345")),
        ]
    )
    draft = read(drawn_pdf(page))
    assert [paragraph.text for paragraph in draft.paragraphs] == [
        "Name: Anna Lee | Born: 2 March 1990",
        "Reason for the request: Lost card | Card: LC-5567",
        "Town: Bonn | Phone: 0912 345",
    ]
    assert {paragraph.kind for paragraph in draft.paragraphs} == {ParagraphKind.LINE}


def test_a_list_below_a_label_beside_a_signature_is_no_form() -> None:
    left = lines_at(50, 700, "Copies to:", "- the board;", "- the files.")
    page = Drawn([*left, Text(350, 700, "HEAD OF OFFICE"), Text(360, 640, "Anna Lee")])
    assert texts(page) == [
        "Copies to:",
        "- the board;",
        "- the files.",
        "HEAD OF OFFICE",
        "Anna Lee",
    ]
