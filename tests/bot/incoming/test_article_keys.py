from __future__ import annotations

import pytest

from bot.incoming.article_keys import address_key, entry_keys
from retrieval.collecting.feed import Entry

URL = "https://www.bao.vn/tin/cau.html"


@pytest.mark.parametrize(
    "same",
    [
        "http://bao.vn/tin/cau.html",
        "https://bao.vn/tin/cau.html#binh-luan",
        "https://bao.vn/tin/cau.html?utm_source=rss&utm_medium=feed&fbclid=x",
        "https://bao.vn/tin/cau.html/",
    ],
)
def test_one_address_in_several_forms(same: str) -> None:
    assert address_key(same) == address_key(URL)


@pytest.mark.parametrize(
    "other", ["https://bao.vn/tin/cau2.html", "https://bao.com/tin/cau.html", f"{URL}?trang=2"]
)
def test_other_addresses(other: str) -> None:
    assert address_key(other) != address_key(URL)


def test_a_guid_counts_on_its_own_site() -> None:
    first, second = Entry("https://bao.vn/1", "7"), Entry("https://bao.vn/2", "7")
    here, there = "https://bao.vn/rss/a", "https://khac.vn/rss"
    assert entry_keys(first, here) & entry_keys(second, "https://www.bao.vn/rss/b")
    assert not entry_keys(first, here) & entry_keys(second, there)
    assert entry_keys(Entry(URL), here) == {address_key(URL)}
