"""What a message is understood to ask, with a collection that writes a few words."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.answers import Courtesy
from retrieval.asking.understanding import Understanding
from retrieval.language.diacritics import Restorer
from retrieval.periods import Period
from retrieval.scopes import Scope

TEXTS = [
    "Bến xe Cồn Vược mở cửa lúc năm giờ sáng. Trạm bơm Cồn Vược xây năm 2019.",
    "Ở xã, UBND họp. Quý III thu 40 tỷ đồng. Ông Vừ Mí Tơi tới họp.",
    "Khóa họp thứ mười hai bàn về đê.",
]


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer.learn(TEXTS)


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("bến xe mở cửa lúc nào?", None),
        ("BẾN XE MỞ CỬA LÚC NÀO?", "Bến xe mở cửa lúc nào?"),
        ("BEN XE MO CUA LUC NAO", "Bến xe mở cửa lúc nào"),
        ("UBND XÃ HỌP KHI NÀO", "UBND xã họp khi nào"),
        ("TRẠM BƠM CỒN VƯỢC XÂY NĂM NÀO?", "Trạm bơm Cồn Vược xây năm nào?"),
        ("WHO BUILT THE STATION?", "Who built the station?"),
        ("AMMTC 15", None),
        ("beens xe mowr cuawr lucs naof", "bến xe mở cửa lúc nào"),
        ("be61n xe mo73 cu73a lu1c na2o", "bến xe mở cửa lúc nào"),
        ("thur do cuar Vieejt Nam", "thủ đô của Việt Nam"),
        ("bến xe cồn vượt mở cửa lúc nào", None),  # "vượt" is a word, and so is "cồn"
        ("trạm bơm Cồn Vươc xây năm nào", "trạm bơm Cồn Vược xây năm nào"),
        ("trạm bom Cồn Vược xây năm nào", "trạm bơm Cồn Vược xây năm nào"),
        ("Tơi", None),
        ("ông Tơi", None),
        ("Has the station been built?", None),
        ("Xin chào, bến xe ở đâu?", None),
    ],
)
def test_what_was_understood_is_told(restorer: Restorer, typed: str, restored: str | None) -> None:
    assert Understanding.of(typed, restorer).restored == restored


def test_numbers_are_searched_for_as_the_collection_writes_them(restorer: Restorer) -> None:
    asked = Understanding.of("Quý 3 thu bao nhiêu?", restorer)
    assert (asked.text, asked.restored) == ("Quý III thu bao nhiêu?", None)
    assert Understanding.of("Q3 xã thu mấy tỷ?", restorer).text == "quý III xã thu mấy tỷ?"
    assert Understanding.of("khóa họp thứ 12", restorer).text == "khóa họp thứ mười hai"


def test_a_follow_up_is_completed_or_incomplete(restorer: Restorer) -> None:
    previous = "Trạm bơm nào xây năm 2019?"
    completed = Understanding.of("con nam 2018 thi sao", restorer, previous)
    assert (completed.restored, completed.language) == ("Trạm bơm nào xây năm 2018?", "vi")
    alone = Understanding.of("Còn năm 2018 thì sao?", restorer)
    assert (alone.text, alone.incomplete) == ("", True)
    whole = Understanding.of("Bến xe mở cửa lúc nào?", restorer, previous)
    assert (whole.text, whole.restored) == ("Bến xe mở cửa lúc nào?", None)


@pytest.mark.parametrize(
    ("typed", "courtesy"),
    [("xin chaof", Courtesy.GREETING), ("cam3 o7n", Courtesy.THANKS), ("?", Courtesy.NOTHING)],
)
def test_a_courtesy_asks_nothing(restorer: Restorer, typed: str, courtesy: Courtesy) -> None:
    asked = Understanding.of(typed, restorer)
    assert (asked.text, asked.courtesy) == ("", courtesy)


def test_what_was_typed_is_kept_apart_from_what_was_put_back(restorer: Restorer) -> None:
    assert Understanding.of("bến xe ở dau", restorer).typed == "bến xe ở dau"
    assert Understanding.of("ben xe o dau", restorer).typed == "ben xe o dau"


def test_the_limits_of_a_question_are_told_as_they_can_be_typed(restorer: Restorer) -> None:
    asked = Understanding.of("Tin từ tháng 6 về trạm bơm", restorer, today=date(2025, 11, 26))
    assert (asked.text, asked.restored) == ("Tin về trạm bơm", "Tin về trạm bơm after:2025-06")
    assert asked.scope == Scope(Period(date(2025, 6, 1), None))
    typed = Understanding.of("tram bom xay nam nao source:Báo before:2020", restorer)
    assert (typed.text, typed.language) == ("trạm bơm xây năm nào", "vi")
    assert typed.restored == "trạm bơm xây năm nào before:2020 source:Báo"


def test_typed_dates_count_before_those_in_words(restorer: Restorer) -> None:
    asked = Understanding.of("Tin năm 2022 về trạm bơm after:2024", restorer)
    assert asked.restored == "Tin năm 2022 về trạm bơm after:2024"


@pytest.mark.parametrize(
    ("question", "restored"),
    [
        ("còn ở xã?", "Trạm bơm nào hỏng ở xã? after:2024 before:2025"),
        ("còn năm 2022?", "Trạm bơm nào hỏng? after:2022 before:2023"),
        ("tháng 3/2023?", "Trạm bơm nào hỏng? after:2023-03 before:2023-04"),
        ("source:Báo", "Trạm bơm nào hỏng? after:2024 before:2025 source:Báo"),
        ("Bến xe mở cửa lúc nào?", None),
    ],
)
def test_a_follow_up_keeps_the_limits_or_names_others(
    restorer: Restorer, question: str, restored: str | None
) -> None:
    previous = "Trạm bơm nào hỏng? after:2024 before:2025"
    assert Understanding.of(question, restorer, previous).restored == restored


def test_a_follow_up_of_a_year_of_the_matter_stays_one(restorer: Restorer) -> None:
    asked = Understanding.of("còn năm 2022?", restorer, "Trạm bơm nào xây năm 2019?")
    assert (asked.restored, asked.scope.is_limited) == ("Trạm bơm nào xây năm 2022?", False)
