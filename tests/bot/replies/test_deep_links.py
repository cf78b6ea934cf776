from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies.deep_links import TO_PAGE, Place, link_to, payload_of, place_in
from retrieval.documents import Span
from tests.helpers.samples import SUMMIT

SPAN = Span(44, 94)


def test_a_link_names_the_document_by_its_hash_and_the_words_by_their_offsets() -> None:
    payload = f"src_{SUMMIT.hash[:16]}_44_94"
    assert payload_of(SUMMIT.digits, SPAN) == payload
    assert (
        link_to("TrichDanBot", SUMMIT.digits, SPAN) == f"https://t.me/TrichDanBot?start={payload}"
    )


@given(st.integers(0, 999_999_999), st.integers(0, 999_999_999))
def test_a_payload_is_one_that_telegram_takes_and_leads_back(start: int, end: int) -> None:
    payload = payload_of(SUMMIT.digits, Span(start, end))
    assert len(payload) <= 64
    assert payload.isascii()
    assert payload.replace("_", "").isalnum()
    assert place_in(f"/start {payload}") == Place(SUMMIT.hash[:16], Span(start, end))


@pytest.mark.parametrize("command", ["/start@TrichDanBot ", "/start  "])
def test_a_followed_link_is_understood(command: str) -> None:
    place = Place("0123456789abcdef", Span(3, 9))
    assert place_in(f"{command}src_0123456789abcdef_3_9") == place


@pytest.mark.parametrize(
    "command",
    [
        "/start",
        "/start src_1",
        "/start src_0123456789abcdef_3",
        "/start src_0123456789ABCDEF_3_9",
        "/start src_0123456789abcdef_-3_9",
        "/start src_0123456789abcdef_3_9 x",
        "/help src_0123456789abcdef_3_9",
        "src_0123456789abcdef_3_9",
    ],
)
def test_anything_else_leads_nowhere(command: str) -> None:
    assert place_in(command) is None


def test_a_link_to_a_page_is_no_link_to_words() -> None:
    payload = payload_of(SUMMIT.digits, SPAN, TO_PAGE)
    assert payload == f"page_{SUMMIT.hash[:16]}_44_94"
    assert place_in(f"/start {payload}") is None
    assert place_in(f"/start {payload}", TO_PAGE) == Place(SUMMIT.hash[:16], SPAN)
