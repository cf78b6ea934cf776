"""The real encoder on five real documents: the passage, the excerpt and the citation expected."""

from pathlib import Path

import pytest

from benchmarks.real_questions import DOCUMENTS, outcomes, questions
from retrieval.retriever import Retriever
from retrieval.settings import RetrievalSettings

pytestmark = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the real documents are not here")


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    index: Path = tmp_path_factory.mktemp("index")
    return Retriever.open(RetrievalSettings(seeds=DOCUMENTS, index=index))


@pytest.mark.parametrize(
    ("question", "document", "bold"),
    [
        (
            "Bộ Công an đã đề xuất mấy sáng kiến tại hội nghị?",
            "000_fa5e87cf73fddcb4.txt",
            "Tại Hội nghị, Bộ Công an Việt Nam đã đề xuất 3 sáng kiến nhằm tăng cường hiệu quả hợp "
            "tác phòng, chống tội phạm xuyên quốc gia ở khu vực và đã được các nước thành viên "
            "ASEAN ghi nhận trong Tuyên bố chung Hội nghị.",
        ),
        (
            "Where did Luong Tam Quang meet Kao Kim Hourn?",
            "003_58c2dca475975027.txt",
            "Public Security Minister Sen. Lt. Gen. Luong Tam Quang meets with ASEAN "
            "Secretary-General Kao Kim Hourn in Vientiane on August 28. (Source: VNA)",
        ),
        (
            "ai dong chu tri hoi nghi tham van an ninh ASEAN - Nga",
            "004_be604aa76f18b6b3.txt",
            "Đại tướng Patrushev Nikolai Platonovich, Thư ký Hội đồng An ninh Liên bang Nga; Trung "
            "tướng Hun Manith, Tổng Cục trưởng Tổng Cục Tình báo, Bộ Quốc phòng Campuchia đồng chủ "
            "trì Hội nghị; đại diện Ban Thư ký ASEAN và các Trưởng đoàn cấp cao an ninh các nước "
            "ASEAN tham dự hội nghị.",
        ),
    ],
)
def test_the_answering_sentence_to_the_letter(
    retriever: Retriever, question: str, document: str, bold: str
) -> None:
    answer = retriever.ask(question)
    best = answer.hits[0]
    assert answer.answered
    assert best.document.name == document
    assert best.highlight.of(best.document.text) == bold
    assert best.passage.span.of(best.document.text) == best.passage.text


def test_the_citation(retriever: Retriever) -> None:
    cited = retriever.ask("Ai dẫn đầu đoàn Việt Nam dự hội nghị ASEAN - Nga?").hits[0].document
    assert (cited.title, cited.date, cited.source, cited.language) == (
        "Đoàn Việt Nam tham dự Hội nghị tham vấn lãnh đạo cấp cao ASEAN-Nga",
        "2022-08-23",
        "TTXVN",
        "vi",
    )


def test_what_was_understood_is_told(retriever: Retriever) -> None:
    answer = retriever.ask("ai dong chu tri hoi nghi tham van an ninh ASEAN - Nga")
    assert answer.restored == "ai đồng chủ trì hội nghị tham vấn an ninh ASEAN - Nga"
    assert retriever.ask("Who led the Vietnamese delegation?").restored is None


@pytest.mark.parametrize("question", ["", "  \n", "?!", "🙂🙂🙂", "…"])
def test_a_question_without_words_finds_nothing(retriever: Retriever, question: str) -> None:
    answer = retriever.ask(question)
    assert (answer.answered, answer.hits) == (False, ())


@pytest.mark.parametrize("question", ["x" * 4000, "hội nghị " * 500, "<b>ASEAN</b> &amp; 'x'"])
def test_any_other_question_finds_the_nearest(retriever: Retriever, question: str) -> None:
    assert len(retriever.ask(question, limit=2).hits) == 2


def test_most_questions_find_their_passage(retriever: Retriever) -> None:
    """What was reached, less three questions; `python -m benchmarks.real_questions` prints it."""
    found = [outcome for outcome in outcomes(retriever, questions()) if outcome.question.places]
    assert len(found) == 81
    assert sum(outcome.right_within(1) for outcome in found) >= 59 - 3
    assert sum(outcome.right_within(3) for outcome in found) >= 69 - 3
