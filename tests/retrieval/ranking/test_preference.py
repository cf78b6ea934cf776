"""Which sentence is preferred to the one that shares most words."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.ranking.asked_kind import Asked, AskedKind
from retrieval.ranking.preference import Preference


def chosen(question: str, *sentences: tuple[str, float]) -> str:
    """Return the sentence that is chosen of these, each with its score."""
    texts = [text for text, _ in sentences]
    scores = np.array([score for _, score in sentences], np.float32)
    return texts[Preference.of(question).choose(texts, scores, np.ones(len(texts), bool))]


def test_the_asked_year_counts_more_than_shared_words() -> None:
    assert chosen(
        "Giá lúa năm 2019 là bao nhiêu?",
        ("Năm 2021, giá lúa đạt 9 nghìn, cao hơn năm 2019.", 1.2),
        ("Năm 2019, giá này là 7 nghìn.", 0.6),
        ("Năm 2018, giá này là 6 nghìn.", 0.7),
    ).startswith("Năm 2019")


def test_a_sentence_without_a_year_goes_on_about_that_before() -> None:
    assert chosen(
        "When is the 2019 grant paid out?",
        ("From 2019 the grant is 300.", 1.0),
        ("The grant is paid out on 5 May.", 0.9),
    ).endswith("5 May.")


def test_another_year_is_never_preferred() -> None:
    none, other = ("The price was fixed by law.", 0.2), ("In 2021 the price was 9.", 1.5)
    assert chosen("What was the price in 2019?", none, other) == none[0]
    assert chosen("What was the price in 2019?", other) == other[0]


def test_the_asked_number_of_a_thing_counts_more_than_shared_words() -> None:
    spring = ("Trong quý I/2020, cảng thu phí 40 tỷ đồng.", 1.3)
    summer = ("Quý II/2020 thu 55 tỷ.", 1.1)
    assert chosen("Quý 2 năm 2020 cảng thu phí bao nhiêu?", spring, summer) == summer[0]
    assert chosen("Cảng thu phí bao nhiêu trong 2 năm?", spring, summer) == spring[0]


def test_a_thing_of_another_number_is_bold_where_nothing_else_is() -> None:
    spring = ("Trong quý I/2020, cảng thu phí 40 tỷ đồng.", 1.3)
    assert chosen("Quý 2 năm 2020 cảng thu phí bao nhiêu?", spring) == spring[0]


@pytest.mark.parametrize(
    ("question", "best", "answer"),
    [
        ("Ai dẫn đoàn ra đảo?", "Đoàn ra đảo bằng hai tàu.", "Bà Lê Thu Sương dẫn đoàn."),
        ("Who led the climb?", "The climb took nine people.", "Captain Ida Holm led it."),
        ("Xét đơn trong bao lâu?", "Từ tháng 8 năm 2020 nhận đơn ở xã.", "Việc xét mất ba ngày."),
        ("Ngày nào trả sách?", "Từ tháng 6 được mượn sách.", "Phải trả vào ngày 5."),
    ],
)
def test_another_sentence_is_chosen_where_only_it_gives_what_is_asked(
    question: str, best: str, answer: str
) -> None:
    assert chosen(question, (best, 1.0), (answer, 0.8)) == answer
    assert chosen(question, (best, 1.5), (answer, 0.8)) == best  # too far behind


def test_what_shares_no_further_word_is_not_chosen() -> None:
    best = "Students came to hear the lecture."
    assert chosen("Who came to hear it?", (best, 1.0), ("Ida Holm wrote a book.", 0.9)) == best


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Họp ngày nào?", AskedKind.DAY),
        ("In which year did it open?", AskedKind.TIME),
        ("How many years did it take?", AskedKind.DURATION),
        ("Tỷ lệ là bao nhiêu?", AskedKind.SHARE),
        ("Who is she?", AskedKind.PERSON),
        ("AI mở kho?", AskedKind.PERSON),
        ("Which film had Doctor Who in it?", None),
        ("Why is it blue?", None),
    ],
)
def test_the_kind_is_told_by_the_question(question: str, kind: AskedKind | None) -> None:
    assert Asked.of(question).kind is kind
