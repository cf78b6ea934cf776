"""The highlight: which words of a passage are bold where the best score says nothing."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.documents import Document, Passage, Span
from retrieval.language.words import tokens
from retrieval.ranking.answer_type import AnswerType
from retrieval.ranking.highlight import highlight
from retrieval.ranking.preference import Preference
from retrieval.ranking.scoring import SentenceEvidence
from retrieval.sentences import sentences_of


def bold(question: str, text: str, *, headings: tuple[str, ...] = (), title: str = "") -> str:
    """Return what is bold where sentences are scored by the words that they share."""
    spans = tuple(Span(text.index(one), text.index(one) + len(one)) for one in headings)
    document = Document("test", text, title=title, headings=spans)
    sentences = tuple(sentences_of(document))
    texts = [one.of(text) for one in sentences]
    asked = set(tokens(question))
    shared = np.array([len(asked & set(tokens(one))) / len(asked) for one in texts], np.float32)
    offered = [AnswerType.of(question).is_offered_in(one) for one in texts]
    evidence = SentenceEvidence(shared, shared, shared, shared, np.array(offered, np.float32))
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã | Ngày tiêm\n\nBản Na | 3/4\n\nBản Lò | 5/4", "Bản Na | 3/4"),
        ("Xã,Ngày tiêm,Ai tiêm\nBản Na,3/4,Bà Mai", "Bản Na,3/4,Bà Mai"),
        ("Xã Lò | Ngày tiêm\n\nTiêm xong thì nghỉ.", "Xã Lò | Ngày tiêm"),
    ],
)
def test_a_header_row_is_passed_over(text: str, expected: str) -> None:
    assert bold("Ngày tiêm của xã nào?", text) == expected


def test_a_first_row_with_a_value_is_none() -> None:
    text = "Chủ kho | Bà Na\n\nGiá kho | 12 tỷ\n\nNơi xây | Bản Lò"
    assert bold("Chủ kho?", text) == "Chủ kho | Bà Na"


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
