"""The levels of headings, told by their formats or by their words."""

import pytest

from retrieval.reading.cleaning.outline import with_levels
from retrieval.reading.draft import Paragraph, ParagraphKind


def headings(*told: tuple[str, int]) -> list[Paragraph]:
    return [Paragraph(text, ParagraphKind.HEADING, level) for text, level in told]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("Mở đầu", 0), ("Kết luận", 0)], [1, 1]),
        ([("Báo cáo", 1), ("Thu", 2), ("Thuế", 4), ("Chi", 2)], [1, 2, 3, 2]),
        ([("Chương I. Chung", 0), ("Điều 1. Lời", 0), ("Chương II. Riêng", 0)], [1, 2, 1]),
        (
            [("Điều 1. Lời", 0), ("Chương I. Chung", 0), ("Mục 1. Một", 0), ("Điều 2. Ý", 0)],
            [1, 1, 2, 3],
        ),
        ([("Điều 1. Lời", 0), ("Ghi chú thêm", 0), ("Điều 2. Ý", 0)], [1, 2, 1]),
        ([("Quy chế", 1), ("Điều 1. Lời", 0), ("Điều 2. Ý", 0), ("Phụ biểu", 1)], [1, 2, 2, 1]),
        ([("Article I. Congress", 0), ("Section 1. Power", 0), ("Section 2. House", 0)], [1, 2, 2]),
        ([("Section 1. Fees", 0), ("Article 1. Amount", 0), ("Section 2. Terms", 0)], [1, 2, 1]),
    ],
)
def test_headings_stand_below_each_other(told: list[tuple[str, int]], expected: list[int]) -> None:
    assert [each.level for each in with_levels(headings(*told))] == expected


def test_told_again_the_levels_stay() -> None:
    told = with_levels(headings(("Quy chế", 1), ("Chương I. Chung", 0), ("Điều 1. Lời", 0)))
    assert with_levels(told) == told


def test_a_label_is_joined_with_the_name_below_it() -> None:
    told = with_levels(headings(("Chương II", 0), ("BẾN VÀ ĐÒ", 0), ("Điều 4. Lái đò", 0)))
    assert [each.text for each in told] == ["Chương II BẾN VÀ ĐÒ", "Điều 4. Lái đò"]
