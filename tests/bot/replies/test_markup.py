from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies.markup import beginning, escaped, line, link, units
from tests.helpers.bot_api import shown_text


@given(st.text())
def test_escaped_text_shows_as_it_is(text: str) -> None:
    assert shown_text(escaped(text)) == text


@given(st.text(), st.text())
def test_a_link_shows_its_text(text: str, path: str) -> None:
    assert shown_text(link(text, f"https://example.org/{path}")) == text


def test_a_link_cannot_leave_its_attribute() -> None:
    assert link("<b>", 'https://example.org/?a="&b=<i>') == (
        '<a href="https://example.org/?a=&quot;&amp;b=&lt;i&gt;">&lt;b&gt;</a>'
    )


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "tg://user?id=7", "https://", "a.org"])
def test_only_web_addresses_become_links(url: str) -> None:
    assert link("A & B", url) == "A &amp; B"


def test_a_web_address_that_is_too_long_is_no_link() -> None:
    longest = "https://example.org/".ljust(2048, "x")
    assert link("A & B", longest) == f'<a href="{longest}">A &amp; B</a>'
    assert link("A & B", f"{longest}x") == "A &amp; B"


@given(st.text())
def test_units_are_those_of_utf_16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Hà Nội", 6, "Hà Nội"),
        ("Hà Nội", 5, "Hà"),
        ("Hà Nội", 2, "Hà"),
        ("Hà Nội", 1, "H"),
        ("😀😀", 3, "😀"),
        ("😀😀", 1, ""),
        ("Vientiane", 4, "Vien"),
        ("a\n\nb c", 4, "a\n\nb"),
    ],
)
def test_the_beginning_ends_with_a_word_where_it_can(text: str, limit: int, expected: str) -> None:
    assert beginning(text, limit) == expected


@given(st.text(), st.integers(0, 20))
def test_the_beginning_is_a_prefix_that_fits(text: str, limit: int) -> None:
    assert text.startswith(beginning(text, limit))
    assert units(beginning(text, limit)) <= limit


def test_a_line_leaves_the_direction_of_what_follows_alone() -> None:
    assert line("\u202eevil\u2067 \u202a\u202dwords\u2069", 20) == "evil words"
    assert line("שלום\u200f!", 20) == "שלום\u200f!"


def test_a_line_is_folded_and_says_where_it_was_cut() -> None:
    assert line(" Hội\n nghị\tcấp  cao ", 20) == "Hội nghị cấp cao"
    assert line("Hội nghị cấp cao", 10) == "Hội nghị…"


@given(st.text(), st.integers(1, 20))
def test_a_line_fits(text: str, limit: int) -> None:
    assert units(line(text, limit)) <= limit
    assert "\n" not in line(text, limit)
