"""References to parts of laws, in either language and with or without diacritics."""

import pytest

from retrieval.language.references import (
    leading_reference,
    opens_article,
    parts_of_articles,
    references,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Điều 13", ["article 13"]),
        ("DIEU 13a", ["article 13a"]),
        ("Article 13.", ["article 13"]),
        ("Chương IX và Phần thứ hai", ["chapter 9", "part 2"]),
        ("khoản 2, Điều 13", ["clause 2", "article 13", "article 13 clause 2"]),
        ("clause 2 of Article 13", ["clause 2", "article 13", "article 13 clause 2"]),
        (
            "điểm đ khoản 1 Điều 3",
            [
                "point d",
                "clause 1",
                "article 3",
                "article 3 clause 1",
                "article 3 clause 1 point d",
            ],
        ),
        ("Điều 3 nói rằng khoản 2", ["article 3", "clause 2"]),
        ("khoản 500.000 đồng, mức 5, điều kiện, 9 điểm", []),
    ],
)
def test_a_reference_is_a_word(text: str, words: list[str]) -> None:
    assert references(text) == words


def test_chapters_are_no_parts_of_articles() -> None:
    assert parts_of_articles("Chương II, khoản 2 Điều 13") == {
        "clause 2",
        "article 13",
        "article 13 clause 2",
    }


def test_a_line_opens_a_part_by_its_label() -> None:
    opened = leading_reference("Điều 3. Thu hồi")
    assert opened is not None
    assert opened.word == "article 3"
    assert leading_reference("Theo Điều 3") is None


@pytest.mark.parametrize(
    ("line", "opens"),
    [("Điều 3. Thu hồi", True), ("Article 3:", True), ("Điều 3 nói khác.", False), ("3.", False)],
)
def test_an_article_is_opened_by_a_label_with_a_stop(line: str, opens: bool) -> None:
    assert opens_article(line) is opens
