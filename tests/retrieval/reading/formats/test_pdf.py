"""What is read of a PDF: each kind of page as one small file."""

from __future__ import annotations

from retrieval.reading.draft import Draft, ParagraphKind
from retrieval.reading.formats.pdf import read as read_pdf
from retrieval.refusals import Cause, ReadingWarning
from tests.helpers.pdf_bytes import Drawn, Text, drawn_pdf, lines_at, pdf

LEFT = (
    "The county archive takes in files",
    "in the first week of each month.",
    "Each file has a list and a number",
    "and lies in a folder without acid,",
    "as the board of the archive asked",
)
RIGHT = (
    "in the year of its first meeting.",
    "Readers who want to see originals",
    "bring a letter of introduction to",
    "the head of the reading room, who",
    "signs it and keeps a copy of each.",
)
WHOLE = (
    "The county archive takes in files in the first week of each month. Each file has a list and a"
    " number and lies in a folder without acid, as the board of the archive asked in the year of"
    " its first meeting. Readers who want to see originals bring a letter of introduction to the"
    " head of the reading room, who signs it and keeps a copy of each."
)


def read(*pages: Drawn) -> Draft:
    return read_pdf(drawn_pdf(*pages))


def texts(*pages: Drawn) -> list[str]:
    return [paragraph.text for paragraph in read(*pages).paragraphs]


def ruled(xs: list[int], ys: list[int]) -> str:
    """The drawing of a grid."""
    down = [f"{x} {ys[0]} m {x} {ys[-1]} l S" for x in xs]
    across = [f"{xs[0]} {y} m {xs[-1]} {y} l S" for y in ys]
    return "\n".join(down + across)


def test_two_columns_are_read_one_after_the_other() -> None:
    title = Text(120, 760, "Handbook of the reading room for all readers", 18, bold=True)
    page = Drawn([title, *lines_at(60, 700, *LEFT), *lines_at(330, 700, *RIGHT)])
    assert texts(page) == [title.text, WHOLE]


def test_columns_whose_lines_the_file_mixes() -> None:
    left, right = lines_at(60, 700, *LEFT), lines_at(330, 700, *RIGHT)
    mixed = [text for pair in zip(left, right, strict=True) for text in pair]
    assert texts(Drawn(mixed)) == [WHOLE]


def test_three_narrow_columns() -> None:
    columns = [
        ("Minister Hoa Binh Minh", "opened the new school", "of Doi Co on Monday at"),
        ("9 in the morning, and", "the head of the village", "Ha Thi Nuong asked for"),
        ("4.5 billion dong to mend", "the road to Suoi Bac,", "which the flood had cut."),
    ]
    placed = [
        text for i, column in enumerate(columns) for text in lines_at(50 + 180 * i, 700, *column)
    ]
    assert texts(Drawn(placed)) == [
        "Minister Hoa Binh Minh opened the new school of Doi Co on Monday at 9 in the morning, and"
        " the head of the village Ha Thi Nuong asked for 4.5 billion dong to mend the road to"
        " Suoi Bac, which the flood had cut."
    ]


def test_a_ruled_table_is_read_by_its_rows() -> None:
    xs, ys = [50, 200, 300, 450], [700, 670, 640, 600]
    cells = [
        Text(55, 680, "District"), Text(205, 680, "Homes"), Text(305, 680, "Head"),
        Text(55, 650, "Suoi Bac Upper"), Text(205, 650, "412"), Text(305, 650, "Lo Van Sang"),
        Text(55, 625, "Khe Trang and"), Text(55, 608, "Ben Go"), Text(205, 616, "198"),
        Text(305, 616, "Nong Thi La"),
    ]  # fmt: skip
    page = Drawn([*lines_at(50, 740, "Homes that were mended."), *cells], ruled(xs, ys))
    assert texts(page) == [
        "Homes that were mended.",
        "District | Homes | Head",
        "Suoi Bac Upper | 412 | Lo Van Sang",
        "Khe Trang and Ben Go | 198 | Nong Thi La",
    ]


def test_a_cell_over_several_rows_stands_in_each() -> None:
    drawing = "\n".join(
        [
            "50 700 m 350 700 l S 50 640 m 350 640 l S 150 670 m 350 670 l S",
            "50 640 m 50 700 l S 150 640 m 150 700 l S 250 640 m 250 700 l S 350 640 m 350 700 l S",
        ]
    )
    cells = [
        Text(55, 666, "Year 2023"), Text(155, 680, "North"), Text(255, 680, "14"),
        Text(155, 650, "South"), Text(255, 650, "15"),
    ]  # fmt: skip
    assert texts(Drawn(cells, drawing)) == ["Year 2023 | North | 14", "Year 2023 | South | 15"]


def test_a_table_without_rules_is_read_by_its_rows() -> None:
    rows = [
        ("District", "Homes", "Cost", "Head"),
        ("Suoi Bac", "412", "36.500", "Lo Van Sang"),
        ("Khe Trang", "198", "14.750", "Nong Thi La"),
    ]
    placed = [
        Text(50 + 120 * column, 700 - 20 * row, cell)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]
    page = Drawn([*lines_at(50, 740, "Homes that were mended in all districts:"), *placed])
    assert texts(page)[1:] == [" | ".join(row) for row in rows]


def test_the_labels_of_a_form_are_joined_with_their_values() -> None:
    rows = [("Number:", "PA-2024-0077"), ("Received:", "09/05/2024"), ("Answer by:", "24/05/2024")]
    placed = [
        Text(x, 700 - 20 * row, cell)
        for row, cells in enumerate(rows)
        for x, cell in zip((50, 200), cells, strict=True)
    ]
    assert texts(Drawn(placed)) == [f"{label} {value}" for label, value in rows]


def test_blocks_side_by_side_are_no_table() -> None:
    left = [Text(100, 750, "PEOPLE'S BOARD"), Text(110, 734, "OF MAU SON"), Text(105, 700, "No. 7")]
    right = [Text(340, 750, "REPUBLIC OF THE HILLS"), Text(350, 734, "Freedom and good roads")]
    read_texts = texts(Drawn([*left, *right, *lines_at(50, 600, "Article 1. All is well.")]))
    assert not any("|" in text for text in read_texts)
    assert read_texts[-1] == "Article 1. All is well."


def head(number: int) -> list[Text]:
    left, right = "Handbook of the archive", "Office of records"
    where = Text(50, 770, left) if number % 2 else Text(500, 770, right)
    return [where, Text(50, 40, f"Not for sale. Page {number} of 4.", 9)]


def test_running_heads_of_left_and_right_pages() -> None:
    bodies = [
        "The reader signs and",
        "then takes the file.",
        "Nothing is lent out.",
        "All is kept.",
    ]
    pages = [Drawn([*head(n), Text(50, 650, body)]) for n, body in enumerate(bodies, start=1)]
    assert texts(*pages) == [
        "The reader signs and then takes the file.",
        "Nothing is lent out.",
        "All is kept.",
    ]


def test_a_page_number_that_only_the_second_page_has() -> None:
    first = Drawn(lines_at(50, 740, "The head of the reading room must"))
    second = Drawn([Text(340, 770, "2"), *lines_at(50, 720, "agree in writing.")])
    assert texts(first, second) == ["The head of the reading room must agree in writing."]


def test_text_that_repeats_within_pages_stays() -> None:
    pages = [
        Drawn(
            lines_at(50, 740, f"Meeting {word}.", "", "It ended at eleven.", "", "All went home.")
        )
        for word in ("one", "two", "three")
    ]
    assert texts(*pages).count("It ended at eleven.") == 3


def test_words_that_a_line_end_cuts_are_whole() -> None:
    page = Drawn(
        lines_at(
            50, 700, "The inspec-", "tion service has a well-", "known rule for ware-", "houses."
        )
    )
    assert texts(page) == ["The inspection service has a well-known rule for warehouses."]


def test_letter_spaced_headings_are_closed_up() -> None:
    letters = "NOTICE TO ALL"
    spaced = [Text(100 + 16 * i, 700, letter) for i, letter in enumerate(letters) if letter.strip()]
    assert texts(Drawn([*spaced, *lines_at(50, 650, "All is well.")])) == [letters, "All is well."]


def test_headings_are_larger_or_bolder_than_the_text() -> None:
    page = Drawn(
        [
            Text(50, 750, "Handbook of the archive", 20),
            Text(50, 700, "Opening hours", 12, bold=True),
            *lines_at(50, 680, "The archive opens at nine and closes at five every day."),
        ]
    )
    draft = read(page)
    kinds = [paragraph.kind for paragraph in draft.paragraphs]
    assert kinds == [ParagraphKind.HEADING, ParagraphKind.HEADING, ParagraphKind.PROSE]


def test_items_of_a_list_are_paragraphs_with_their_marks() -> None:
    marks = [Text(50, 700, "1."), Text(50, 680, "2.")]
    items = [Text(86, 700, "Bring a letter."), Text(86, 680, "Sign the book.")]
    mixed = [text for pair in zip(marks, items, strict=True) for text in pair]
    assert texts(Drawn(mixed)) == ["1. Bring a letter.", "2. Sign the book."]


def test_pages_and_text_that_are_turned() -> None:
    placed = [
        Text(100, 100, "They have met and will", angle=90),
        Text(118, 100, "meet again.", angle=90),
    ]
    assert texts(Drawn(placed, rotate=90)) == ["They have met and will meet again."]


def test_a_page_that_is_a_picture_is_named() -> None:
    draft = read(Drawn([Text(50, 700, "They have met.")]), Drawn([], picture=True))
    assert [paragraph.text for paragraph in draft.paragraphs] == ["They have met."]
    assert draft.warnings == (ReadingWarning(Cause.PICTURE_PAGES_OFF, {"pages": "2"}),)


def test_an_empty_page_is_no_picture() -> None:
    assert read(Drawn([Text(50, 700, "They have met.")]), Drawn([])).warnings == ()


def test_a_paragraph_with_a_letter_without_a_character_is_left_out_and_its_page_named() -> None:
    private = "\ue123"
    draft = read_pdf(pdf(["They have met.", "", "", f"Th{private}y left.", "", "", "All is well."]))
    assert [paragraph.text for paragraph in draft.paragraphs] == ["They have met.", "All is well."]
    assert draft.warnings == (ReadingWarning(Cause.UNMAPPED_PAGES, {"pages": "1"}),)


def test_a_bullet_without_a_character_is_no_hole() -> None:
    draft = read_pdf(pdf(["\ue123 They have met."]))
    assert [paragraph.text for paragraph in draft.paragraphs] == ["They have met."]
    assert draft.warnings == ()


def test_ligatures_are_letters() -> None:
    draft = read_pdf(pdf(["The oﬃce ﬁnds ﬂour."]))
    assert [paragraph.text for paragraph in draft.paragraphs] == ["The office finds flour."]
