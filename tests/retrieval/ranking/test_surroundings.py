"""What stands near a passage: in which forms names and numbers are found there."""

from __future__ import annotations

import pytest

from retrieval.documents import Document, Passage, Span
from retrieval.ranking.specifics import Specific, specifics_of
from retrieval.ranking.surroundings import Surroundings


def near(text: str, title: str = "", date: str = "", words: str = "") -> Surroundings:
    """Return what stands near `words` of a text, or near all of it."""
    start = text.index(words)
    span = Span(start, start + len(words or text))
    return Surroundings.of(Passage(Document("a", text, title, date), span, (span,)))


def first(question: str, language: str = "en") -> Specific:
    return specifics_of(question, language)[0]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("in Norwegia", "The Norwegian coast is long."),
        ("by Ghandra", "A speech by Gandra."),
        ("for Redbridge", "They live in Red Bridge."),
        ("of the WFTO", "The World Fair Trade Organisation met."),
        ("in the 1970s", "It opened in 1974."),
        ("in the 70s", "It opened in 1974."),
        ("at the 15th Assembly", "the fifteenth assembly"),
        ("for Louis XIV", "Louis XIV, king of France"),
    ],
)
def test_a_specific_is_found_in_the_form_of_the_text(asked: str, text: str) -> None:
    assert near(text).mention(first(f"What was made {asked}?"), "en", "en")


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("BHYT", "Thẻ bảo hiểm y tế"),
        ("quý II", "Trong quý 2, giá tăng."),
        ("70", "Giảm bảy mươi phần trăm."),
        ("Cam-pu-chia", "Đoàn Campuchia đến."),
        ("ngày 03/04", "Họp ngày 3/4."),
    ],
)
def test_vietnamese_forms_are_found(asked: str, text: str) -> None:
    assert near(text).mention(first(f"Có gì với {asked}?", "vi"), "vi", "vi")


@pytest.mark.parametrize(
    ("asked", "text", "mentioned"),
    [
        ("Lào", "Thị thực lao động được cấp.", False),  # the letters alone are another word
        ("Lào", "Đoàn Lào đến.", True),
        ("Lào", "đoàn lào đến", True),
        ("Lào", "Cửa khẩu Lao Bảo mở cửa.", True),  # another spelling of a name
        ("Huế", "Xe ô tô về Hue.", True),
        ("Lao", "Thị thực lao động được cấp.", True),  # nothing tells its marks
    ],
)
def test_a_name_with_marks_is_met_with_them_or_a_capital(
    asked: str, text: str, mentioned: bool
) -> None:
    assert near(text).mention(first(f"Có gì với {asked}?", "vi"), "vi", "vi") == mentioned


@pytest.mark.parametrize(
    ("asked", "text"),
    [("in Peru", "The coast of Chile is long."), ("in 1980", "It opened in 1974, with 80 seats.")],
)
def test_another_name_or_number_is_not_taken_for_it(asked: str, text: str) -> None:
    assert not near(text).mention(first(f"What was made {asked}?"), "en", "en")


def test_title_date_beginning_and_neighbours_are_near() -> None:
    filler = "Rain fell on the hills and the rivers rose. " * 60
    text = f"Report from Oslo. {filler}The bridge stood. {filler}Lima is far."
    found = near(text, "Visit to Quito", "2019-03-01", "The bridge stood.")
    for name in ("Oslo", "Quito", "2019"):
        assert found.mention(first(f"What was seen in {name}?"), "en", "en")
    assert not found.mention(first("What was seen in Lima?"), "en", "en")


def test_a_number_belongs_to_the_name_beside_it() -> None:
    asked = first("Who chaired COPX 16?")
    other = near("COPX 15 was held on 16 May.")
    assert other.contradict(asked)
    assert not other.mention(asked, "en", "en")
    assert near("The 16th meeting of COPX, after COPX 15").mention(asked, "en", "en")
    assert near("COPX met in room 16.").mention(asked, "en", "en")  # no number beside it


def test_another_year_contradicts_only_where_there_is_one() -> None:
    asked = first("What was the price in 2018?")
    assert near("In 2020 the price was 9.").contradict(asked)
    assert not near("The price was 9.").contradict(asked)
    assert not near("In 2018 it was 7, in 2020 9.").contradict(asked)


@pytest.mark.parametrize(
    ("asked", "mentioned", "contradicted"),
    [
        ("Nghị định 77/2019/NĐ-CP quy định gì?", True, False),
        ("Nghị định 7/2019/NĐ-CP quy định gì?", False, True),
        ("Nghị định 77/2020/NĐ-CP quy định gì?", False, True),
        ("Quyết định 77/QĐ-UBND quy định gì?", False, False),
    ],
)
def test_the_number_of_a_paper_is_looked_up_as_a_whole(
    asked: str, mentioned: bool, contradicted: bool
) -> None:
    found = near("Chính phủ ban hành Nghị định số 77/2019/NĐ-CP ngày 7 tháng 2 năm 2020.")
    (paper,) = specifics_of(asked, "vi")
    assert found.mention(paper, "vi", "vi") == mentioned
    assert found.contradict(paper) == contradicted
