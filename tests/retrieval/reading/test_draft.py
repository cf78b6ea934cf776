"""Paragraphs joined and parted: they keep their pages."""

from __future__ import annotations

from retrieval.reading.draft import PageTurn, Paragraph

WHOLE = Paragraph("one two three four five", page=2, turns=(PageTurn(1, 3), PageTurn(4, 5)))


def test_a_paragraph_ends_on_the_page_of_its_last_turn() -> None:
    assert (WHOLE.last_page, Paragraph("one", page=7).last_page) == (5, 7)


def test_a_part_begins_on_its_own_page() -> None:
    assert WHOLE.part("one", 0) == Paragraph("one", page=2)
    assert WHOLE.part("two three", 1) == Paragraph("two three", page=3)
    assert WHOLE.part("three four five", 2) == Paragraph(
        "three four five", page=3, turns=(PageTurn(2, 5),)
    )


def test_a_paragraph_goes_on_on_the_page_of_its_rest() -> None:
    rest = Paragraph("six seven", page=6, turns=(PageTurn(1, 7),))
    assert WHOLE.followed_by(rest, "joined").turns == (
        *WHOLE.turns,
        PageTurn(5, 6),
        PageTurn(6, 7),
    )


def test_no_turn_is_added_within_a_page_or_without_pages() -> None:
    assert WHOLE.followed_by(Paragraph("six", page=5), "joined").turns == WHOLE.turns
    assert Paragraph("one").followed_by(Paragraph("two"), "one two") == Paragraph("one two")
