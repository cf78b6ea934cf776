"""Lines and columns of a PDF: what is one line, one paragraph, one section."""

from __future__ import annotations

from retrieval.reading.formats.pdf import read
from tests.helpers.pdf_bytes import Drawn, Text, drawn_pdf, lines_at, pdf

LEFT = (
    "The county archive takes in files",
    "in the first week of each month.",
    "Each file has a list and a number",
    "and lies in a folder without acid.",
)
RIGHT = (
    "Readers who want to see originals",
    "bring a letter of introduction to",
    "the head of the reading room, who",
    "signs it and keeps a copy of each.",
)


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read(data).paragraphs]


def test_a_justified_line_of_a_narrow_column_is_one_line() -> None:
    lines = ["The county archive takes", "files   in   the   first", "week of every new month."]
    assert texts(pdf(lines)) == [
        "The county archive takes files in the first week of every new month."
    ]


def test_a_justified_line_of_two_words() -> None:
    lines = ["The county archive keeps", "photographs             of", "the whole river district."]
    whole = "The county archive keeps photographs of the whole river district."
    assert texts(pdf([*lines])) == [whole]


def test_lines_are_cut_at_a_gap_that_goes_down_through_them() -> None:
    rows = ["Anna Lee  1990  Rome", "Otto      1985  Bonn", "Ida May   1971  Oslo"]
    assert texts(pdf(rows)) == [
        "Anna Lee | 1990 | Rome",
        "Otto | 1985 | Bonn",
        "Ida May | 1971 | Oslo",
    ]


def test_names_below_each_other_are_lines() -> None:
    lines = ["The jury:", "", "Anna Lee Miller", "Otto von Bern", "Ida May Fields"]
    assert texts(pdf(lines)) == [line for line in lines if line]


def test_a_heading_between_two_sections_of_columns() -> None:
    page = Drawn(
        [
            *lines_at(60, 700, *LEFT),
            *lines_at(300, 700, *RIGHT),
            Text(60, 620, "Other news", 18, bold=True),
            *lines_at(60, 590, *RIGHT),
            *lines_at(300, 590, *LEFT),
        ]
    )
    left, right = " ".join(LEFT), " ".join(RIGHT)
    assert texts(drawn_pdf(page)) == [left, right, "Other news", right, left]


def test_a_short_column_beside_another_is_no_table() -> None:
    aside = lines_at(60, 700, "Open on", "Mondays", "and on", "Fridays", "all year", size=10)
    page = Drawn([*aside, *lines_at(160, 699, *LEFT, *RIGHT)])
    assert texts(drawn_pdf(page)) == [
        "Open on Mondays and on Fridays all year",
        " ".join(LEFT + RIGHT),
    ]


def test_a_head_in_capitals_is_apart_from_the_line_below_it() -> None:
    head = [Text(60, 700, "REPUBLIC OF THE NORTHERN HILLS", bold=True)]
    head += [Text(90, 685, "Freedom and good roads", bold=True)]
    page = Drawn([*head, *lines_at(60, 640, "All is well in every valley of the land.")])
    assert texts(drawn_pdf(page))[:2] == [
        "REPUBLIC OF THE NORTHERN HILLS",
        "Freedom and good roads",
    ]


def test_a_column_that_ends_with_a_short_line_does_not_go_on() -> None:
    right = lines_at(
        330, 700, "REPUBLIC OF THE NORTHERN HILLS AND LAKES", "", "Mau Son, 5 May 2024"
    )
    left = lines_at(60, 700, "OFFICE OF ROADS", "No. 7 of the year")
    below = Text(60, 600, "To the Head of the county archive and to all readers there")
    found = texts(drawn_pdf(Drawn([*left, *right, below])))
    assert found[-2:] == ["Mau Son, 5 May 2024", below.text]


def test_lines_of_a_table_of_contents_stay_lines() -> None:
    lines = [
        f"{title} {'.' * 30} {page}" for title, page in (("First part", 3), ("Second part", 9))
    ]
    assert texts(pdf(lines)) == lines


def test_the_number_of_a_part_and_its_heading_are_one_line() -> None:
    placed = [
        Text(60, 700, "Article 7."),
        Text(150, 700, "Opening hours"),
        Text(60, 660, "It is open."),
    ]
    assert texts(drawn_pdf(Drawn(placed)))[0] == "Article 7. Opening hours"


def test_a_telephone_number_that_a_line_end_cuts() -> None:
    lines = ["For the keys of the store you may call 0912", "000 111, day and night."]
    whole = "For the keys of the store you may call 0912 000 111, day and night."
    assert (
        texts(pdf(["A head that is as wide as the page and then some more", "", "", *lines]))[1]
        == whole
    )


def test_the_motto_makes_no_table_of_a_letterhead() -> None:
    left = ["BAN QUẢN LÝ", "ĐƯỜNG BỘ", "", "Số: 7/QĐ-BQL"]
    right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    rows = zip(left, [*right, "", "Bắc Gò, ngày 5 tháng 3 năm 2024"], strict=True)
    data = pdf([f"{one:<30}{other}".rstrip() for one, other in rows])
    assert texts(data) == [
        "BAN QUẢN LÝ ĐƯỜNG BỘ",
        "Số: 7/QĐ-BQL",
        *right,
        "Bắc Gò, ngày 5 tháng 3 năm 2024",
    ]
