"""Numbers: every form of one is the same term."""

from __future__ import annotations

import pytest

from retrieval.language.number_forms import NumberForms
from retrieval.language.numbers import spelled_out, terms


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Quý IV", "quý 4"),
        ("quý một", "quý I"),
        ("2nd quarter", "second quarter"),
        ("khóa thứ hai mươi mốt", "khóa thứ 21"),
        ("lần thứ nhất", "lần thứ 1"),
        ("thứ Năm", "thứ 5"),
        ("thứ tư", "thứ 4"),
        ("mười lăm người", "15 người"),
        ("bảy mươi phần trăm", "70 phần trăm"),
        ("tháng chạp", "tháng 12"),
        ("the twenty-first century", "the 21st century"),
        ("twelfth", "12th"),
        ("Chương IX", "chương 9"),
        ("thế kỷ XX", "thế kỷ 20"),
        ("Louis XIV", "Louis 14"),
        ("08/03/2023", "8/3/2023"),
    ],
)
def test_two_forms_of_a_number_are_the_same_terms(text: str, same: str) -> None:
    assert terms(text) == terms(same)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("năm 2023", ["nam", "2023"]),
        ("mười năm", ["muoi", "nam"]),
        ("hai mươi năm", ["20", "nam"]),
        ("tháng năm 2023", ["thang", "nam", "2023"]),
        ("ba mẹ", ["ba", "me"]),
        ("XỬ LÝ VI PHẠM", ["xu", "ly", "vi", "pham"]),
        ("loại vi khuẩn", ["loai", "vi", "khuan"]),
        ("the part I like", ["the", "part", "i", "like"]),
        ("1,05 tỷ", ["1", "05", "ty"]),
        ("one day in May", ["one", "day", "in", "may"]),
        ("18 October 2023", ["18", "october", "10", "2023"]),
        ("Q2", ["q2"]),
        ("quarter 2", ["quarter", "q2"]),
    ],
)
def test_other_words_stay_and_figures_stand_for_numbers(text: str, found: list[str]) -> None:
    assert terms(text) == found


def test_every_number_that_is_spelled_out_is_read_again() -> None:
    for number in range(1, 100):
        assert terms(f"thứ {spelled_out(number)}") == ["thu", str(number)]


def test_a_number_is_written_as_most_of_a_collections_are() -> None:
    forms = NumberForms.learn(
        [
            "Chương II và chương VI. Tập 3, tập 4. Lớp ba và lớp năm.",
            "Kỳ họp thứ mười. Lần thứ 8, lần thứ 9. Hạng thứ nhất.",
        ]
    )
    for typed, written in [
        ("chương 6", "chương VI"),
        ("Chương 9?", "Chương IX?"),
        ("tập 4", "tập 4"),
        ("tập IV", "tập 4"),
        ("lớp 5", "lớp năm"),
        ("quý 2", "quý 2"),
        ("kỳ họp thứ 11", "kỳ họp thứ mười một"),
        ("lần thứ 11", "lần thứ 11"),
        ("khóa thứ 11", "khóa thứ mười một"),
        ("hạng thứ 1", "hạng thứ nhất"),
        ("chương 2,5", "chương 2,5"),
        ("chương 2023", "chương 2023"),
    ]:
        assert forms.as_written(typed) == written
