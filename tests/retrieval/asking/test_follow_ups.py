"""Follow-ups: told from whole questions, and completed by the question before them."""

from __future__ import annotations

import pytest

from retrieval.asking.follow_ups import element_of, following

RICE = "Sản lượng lúa vùng cao năm 2019 là bao nhiêu?"


@pytest.mark.parametrize(
    ("question", "previous", "meant"),
    [
        ("Còn năm 2018 thì sao?", RICE, "Sản lượng lúa vùng cao năm 2018 là bao nhiêu?"),
        ("con nam 2018 thi sao", RICE, "Sản lượng lúa vùng cao năm 2018 là bao nhiêu?"),
        ("Thế còn 2018?", RICE, "Sản lượng lúa vùng cao năm 2018 là bao nhiêu?"),
        ("what about 2018?", RICE, "Sản lượng lúa vùng cao năm 2018 là bao nhiêu?"),
        ("Ừ, còn năm 2018?", RICE, "Sản lượng lúa vùng cao năm 2018 là bao nhiêu?"),
        ("2018?", RICE, "Sản lượng lúa vùng cao năm 2018 là bao nhiêu?"),
        ("Còn vùng thấp?", RICE, "Sản lượng lúa vùng thấp năm 2019 là bao nhiêu?"),
        ("Còn ngô thì sao ạ?", RICE, "Sản lượng lúa vùng cao năm 2019 là bao nhiêu ngô?"),
        ("Còn quý II?", "Quý I thu bao nhiêu?", "Quý II thu bao nhiêu?"),
        ("Thế điều 9?", "Điều 8 nói gì?", "Điều 9 nói gì?"),
        ("còn ở Huế thì sao?", "Giá vé ở Vinh là mấy?", "Giá vé ở Huế là mấy?"),
        ("and in Peru?", "How many lakes are in Chile?", "How many lakes are in Peru?"),
        ("How about Peru?", "What did Chile ask for?", "What did Peru ask for?"),
        ("còn bà Lan?", "Ông Nam làm gì?", "Bà Lan làm gì?"),
        ("thế UBND?", "HĐND họp khi nào?", "UBND họp khi nào?"),
        (
            "And the second half?",
            "Who led in the first half of 2019?",
            "Who led in the second half of 2019?",
        ),
    ],
)
def test_an_element_takes_the_place_of_its_fellow(question: str, previous: str, meant: str) -> None:
    assert following(question, previous) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Còn bao nhiêu ngày nữa đến Tết?",
        "Thế ai là trưởng thôn?",
        "Còn năm 2018, sản lượng ngô vùng cao là bao nhiêu?",
        "Nếu trời mưa thì sao?",
        "Trượt bài thi thì sao?",
        "Thế vận hội?",
        "Thế kỷ XIX",
        "Còn lại bao nhiêu?",
        "And who won the cup?",
        "con mèo",
        "Sản lượng ngô năm 2018?",
        "Lò Văn Nam",
        "Chương 6",
        "ở Bến Gỗ?",
        "còn " * 500,
    ],
)
def test_a_whole_question_takes_nothing_over(question: str) -> None:
    assert following(question, RICE) is None


def test_only_what_is_announced_cannot_stand_alone() -> None:
    assert element_of("Còn năm 2018 thì sao?") == "năm 2018"
    assert element_of("năm 2018?") is None
