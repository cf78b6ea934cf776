"""What a question asks for, and which sentences offer it."""

import pytest

from retrieval.ranking.answer_type import AnswerType

CHAIR = "Hội nghị do Trung tướng Hun Manith chủ trì."
WHEN = "Hội nghị họp vào chiều 22/8/2022."


@pytest.mark.parametrize(
    ("question", "sentence", "offered"),
    [
        ("Ai chủ trì hội nghị?", CHAIR, True),
        ("Ai chủ trì hội nghị?", WHEN, False),
        ("Hun Manith là trung tướng, ai là hội nghị do chủ trì?", CHAIR, False),
        ("Hội nghị họp khi nào?", WHEN, True),
        ("Hội nghị họp khi nào?", CHAIR, False),
        ("Ngày 22/8/2022 có bao nhiêu nước dự?", WHEN, False),
        ("Who chaired the meeting?", "It was chaired by Hun Manith.", True),
        ("Who chaired the meeting?", "The meeting was short.", False),
        ("How many took part?", "There were 12 of them.", True),
        ("In which year was it?", "It was in 2021.", True),
        ("What did they adopt?", "They adopted 3 papers in Brunei.", False),
        ("Họ thông qua gì?", "Họ thông qua 3 văn kiện tại Brunei.", False),
    ],
)
def test_a_sentence_offers_a_name_or_figure_that_the_question_lacks(
    question: str, sentence: str, offered: bool
) -> None:
    assert AnswerType.of(question).is_offered_in(sentence) is offered


def test_words_that_only_look_like_question_words_ask_for_nothing() -> None:
    assert not AnswerType.of("Hai nước đã hợp tác thế nào?").is_offered_in("Ông Lê Hai 12 tuổi.")
    assert not AnswerType.of("Whole grains or rice?").is_offered_in("In 2021 Anna left.")


def test_decomposed_letters_are_read_all_the_same() -> None:
    decomposed = "Hội nghị họp khi na\u0300o?"
    assert AnswerType.of(decomposed).is_offered_in(WHEN)
