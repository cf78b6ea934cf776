"""Languages as people name them."""

from __future__ import annotations

import pytest

from retrieval.reading.cleaning.languages import language_code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("vi-VN", "vi"),
        ("VI", "vi"),
        ("Tiếng Việt", "vi"),
        ("Vietnamese", "vi"),
        ("vie", "vi"),
        ("English", "en"),
        ("tiếng Anh", "en"),
        ("Français", "fr"),
        ("no", "no"),
        ("Elvish", ""),
        ("", ""),
    ],
)
def test_language_codes(written: str, code: str) -> None:
    assert language_code(written) == code
