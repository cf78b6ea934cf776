"""The highlight: which words of a passage are bold where the best score says nothing."""

from __future__ import annotations

import numpy as np

from retrieval.documents import Document, Heading, Passage, Span, Table
from retrieval.language.words import tokens
from retrieval.ranking.answer_type import AnswerType
from retrieval.ranking.highlight import highlight
from retrieval.ranking.preference import Preference
from retrieval.ranking.scoring import SentenceEvidence
from retrieval.sentences import sentences_of


def bold(
    question: str,
    text: str,
    *,
    headings: tuple[str, ...] = (),
    title: str = "",
    tables: tuple[Table, ...] = (),
) -> str:
    """Return what is bold where sentences are scored by the words that they share."""
    spans = [Span(text.index(one), text.index(one) + len(one)) for one in headings]
    above = tuple(Heading(span) for span in spans)
    document = Document("test", text, title=title, headings=above, tables=tables)
    sentences = tuple(sentences_of(document))
    texts = [one.of(text) for one in sentences]
    asked = set(tokens(question))
    shared = np.array([len(asked & set(tokens(one))) / len(asked) for one in texts], np.float32)
    offered = [AnswerType.of(question).is_offered_in(one) for one in texts]
    types = np.array(offered, np.float32)
    evidence = SentenceEvidence(shared, shared, shared, shared, types, np.zeros_like(shared))
    passage = Passage(document, Span(0, len(text)), sentences)
    return highlight(passage, evidence, asked, Preference.of(question)).of(text)


def test_the_best_sentence_is_bold() -> None:
    assert bold("Ai mở kho?", "Kho ở xa. Bà Na mở kho. Trời mưa.") == "Bà Na mở kho."


def test_a_heading_is_passed_over_for_what_stands_below() -> None:
    text = "Giờ mở cửa kho\n\nTừ bảy đến chín giờ."
    assert bold("Giờ mở cửa kho", text, headings=("Giờ mở cửa kho",)) == "Từ bảy đến chín giờ."
    assert bold("Giờ mở cửa kho", text, title="Giờ mở cửa kho") == "Từ bảy đến chín giờ."


def test_a_question_is_answered_by_what_stands_below_it() -> None:
    text = "Thẻ mất thì báo ai?\n\nBáo cho thủ thư.\n\nThẻ báo mất ở đâu?\n\nAi mất thẻ báo ở quầy."
    assert bold("Thẻ mất thì báo ai?", text) == "Báo cho thủ thư."
    assert bold("Thẻ mất thì báo ở đâu, ở quầy nào?", text) == "Ai mất thẻ báo ở quầy."


def test_another_question_does_not_hide_the_answer_elsewhere() -> None:
    text = "Làm thẻ mấy ngày?\n\nBa hôm.\n\nGiá?\n\nEm bé làm thẻ miễn phí."
    assert bold("Em bé làm thẻ có mất tiền gì không?", text) == "Em bé làm thẻ miễn phí."


def test_a_header_row_is_passed_over() -> None:
    text, head = "Xã | Ngày tiêm\n\nBản Na | 3/4\n\nBản Lò | 5/4", "Xã | Ngày tiêm"
    assert bold("Ngày tiêm của làng nào?", text) == head
    tables = (Table(Span(0, len(text)), Span(0, len(head))),)
    assert bold("Ngày tiêm của làng nào?", text, tables=tables) == "Bản Na | 3/4"


def test_a_first_row_with_a_value_is_none() -> None:
    text = "Chủ kho | Bà Na\n\nGiá kho | 12 tỷ\n\nNơi xây | Bản Lò"
    assert bold("Chủ kho?", text) == "Chủ kho | Bà Na"


def test_a_number_that_the_question_names_is_passed_over_with_its_label() -> None:
    text = "Mã số thẻ: TM-77\n\nHẹn trả: 5/6"
    assert bold("Thẻ TM-77 số mấy, hẹn bao giờ?", text) == "Hẹn trả: 5/6"
    assert bold("Mã số thẻ là gì?", text) == "Mã số thẻ: TM-77"


def test_a_label_that_repeats_the_question_is_passed_over() -> None:
    assert bold("Máy lẻ kho thóc số mấy?", "Máy lẻ kho thóc\n\nGọi kho: 115") == "Gọi kho: 115"


def test_a_sentence_that_confirms_the_question_is_bold() -> None:
    text = "Cầu dài 186 mét. Cầu đẹp."
    assert bold("Cầu dài 186 mét phải không?", text) == "Cầu dài 186 mét."


def test_a_stub_is_shown_with_what_follows_it() -> None:
    text = "Được. Ảnh nộp phải có nền trắng."
    assert bold("Nộp ảnh qua mạng được không?", text) == text
    assert bold("Được không?", text) == text


def test_a_stub_with_the_figure_asked_for_is_bold() -> None:
    text = "15 ngày.\n\nHồ sơ nộp ở quầy số hai."
    assert bold("Mất bao nhiêu ngày?", text) == "15 ngày."


def test_a_stub_alone_is_passed_over() -> None:
    assert bold("Họp ở Hà Nội?", "Hà Nội\n\nCuộc họp diễn ra ở nhà khách.") == (
        "Cuộc họp diễn ra ở nhà khách."
    )


def test_where_nothing_answers_the_best_is_bold() -> None:
    assert bold("Giá thẻ?", "Giá thẻ?") == "Giá thẻ?"
    assert bold("Giá thẻ?", "Giá thẻ?\n\nMiễn phí") == "Miễn phí"


def test_what_stands_below_a_heading_goes_on_through_a_table() -> None:
    text = "Lịch tiêm chó\n\nXem bảng.\n\nXã | Ngày\n\nBản Na | 3/4\n\nBản Lò | 5/4"
    table = "Xã | Ngày\n\nBản Na | 3/4\n\nBản Lò | 5/4"
    spans = Span(text.index(table), len(text)), Span(text.index(table), text.index("\n\nBản Na"))
    found = bold("Lịch tiêm chó Bản Lò", text, headings=("Lịch tiêm chó",), tables=(Table(*spans),))
    assert found == "Bản Lò | 5/4"


def test_of_the_rows_of_a_table_the_one_with_most_words_is_bold() -> None:
    evidence = {"cosine": [0.1, 0.9, 0.8], "coverage": [0.4, 0.1, 0.3]}
    text = "Bến | Giá vé\n\nBến Na | hai xu\n\nBến Lò | ba xu"
    whole = Span(0, len(text))
    document = Document("test", text, tables=(Table(whole, Span(0, 12)),))
    sentences = tuple(sentences_of(document))
    none = np.zeros(3, np.float32)
    told = SentenceEvidence(
        np.array(evidence["cosine"], np.float32),
        none,
        none,
        np.array(evidence["coverage"], np.float32),
        none,
        none,
    )
    found = highlight(Passage(document, whole, sentences), told, (), Preference.of("vé?"))
    assert found.of(text) == "Bến Lò | ba xu"
