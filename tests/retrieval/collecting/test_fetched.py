"""The names of what was fetched."""

from __future__ import annotations

import pytest

from retrieval.collecting.fetched import site_of, stem_of


@pytest.mark.parametrize(
    ("url", "stem"),
    [
        ("https://www.bao.vn/", "bao.vn"),
        ("https://bao.vn/tin/hop-bao-4713.html", "bao.vn_tin_hop-bao-4713"),
        ("https://bao.vn/v1.2/tai-lieu.pdf", "bao.vn_v1.2_tai-lieu"),
        ("https://bao.vn/h%E1%BB%8Dp/", "bao.vn_họp"),
        ("https://bao.vn/xem.aspx?id=1", "bao.vn_xem_b095fc0f"),
        ("https://bao.vn/xem.aspx?id=2", "bao.vn_xem_3a4efd1c"),
    ],
)
def test_a_name_tells_site_and_path(url: str, stem: str) -> None:
    assert stem_of(url) == stem


def test_addresses_that_would_have_one_name_get_two() -> None:
    long = "https://bao.vn/" + "a" * 200
    urls = ["https://bao.vn/a/b", "https://bao.vn/a_b", f"{long}1", f"{long}2"]
    assert len(set(map(stem_of, urls))) == 4
    assert max(map(len, map(stem_of, urls))) <= 109


def test_a_site_is_named_without_www() -> None:
    assert site_of("https://www.bao.vn:8443/a") == "bao.vn"
