"""The whole path in separate processes: documents, the real bot, the demo's server, a person."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.bot_process import running
from tests.helpers.demo_client import GROUP, MAI, PersonClient, plain_entities
from tests.helpers.paths import ROOT

QUESTIONS = json.loads((ROOT / "bot" / "demo" / "page" / "questions.json").read_text())
QUESTION = QUESTIONS[0]["text"]
UNANSWERABLE = QUESTIONS[4]["text"]
RUSSIA = "Đoàn Việt Nam tham dự Hội nghị tham vấn lãnh đạo cấp cao ASEAN-Nga"
VIENTIANE = "Vietnam strengthens cooperation in preventing transnational crime in ASEAN"
PARTNERS = "ASEAN và Việt Nam coi trọng mở rộng quan hệ hợp tác với các nước đối thoại"
ANSWERS = [
    (RUSSIA, "Patrushev Nikolai Platonovich"),
    (VIENTIANE, "chaired ASEAN three times"),
    (PARTNERS, "vaccine và thuốc chữa Covid-19"),
    (VIENTIANE, "met in Vientiane on August 28, 2024"),
]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "demo.txt"


@pytest.fixture(scope="module")
def url(index_folder: Path, log: Path) -> Iterator[str]:
    """Yield the address that `python -m bot demo` prints once it is ready."""
    environment = {"SEEDS_DIR": str(ROOT / "seeds"), "INDEX_DIR": str(index_folder)}
    shipped = sorted(path.name for path in (ROOT / "seeds").iterdir())
    with running(environment, log, "demo", "--port", "0") as process:
        lines = [process.line(), process.line()]
        ready = re.fullmatch(
            r"Starting the bot for (http://127\.0\.0\.1:\d+)\n"
            r"The chat is ready: \1 \(Ctrl\+C ends it\)\n",
            "".join(lines),
        )
        assert ready, (lines, log.read_text())
        yield ready[1]
    logged = log.read_text()
    assert [text for text in ("7000000001:", QUESTION, UNANSWERABLE) if text in logged] == []
    assert sorted(path.name for path in (ROOT / "seeds").iterdir()) == shipped


@pytest.mark.parametrize(
    ("question", "title", "words"),
    [(question["text"], *answer) for question, answer in zip(QUESTIONS, ANSWERS, strict=False)],
)
def test_an_offered_question_is_answered(url: str, question: str, title: str, words: str) -> None:
    minh = PersonClient(url)
    answer = minh.ask(question)
    entities = plain_entities(answer)
    quotes = [text for kind, text in entities if kind.endswith("blockquote")]
    bold = [text for kind, text in entities if kind == "bold" and text in quotes[0]]
    assert answer["text"].partition("[1] ")[2].startswith(title)
    assert words in bold[0]
    assert len(quotes) <= 3


def test_what_the_documents_do_not_say_is_not_found(url: str) -> None:
    minh = PersonClient(url)
    answer = minh.ask(UNANSWERABLE)
    assert answer["text"].startswith("Tôi không tìm thấy câu trả lời trong kho tài liệu.")
    assert "blockquote" not in dict(plain_entities(answer))


def test_sources_are_those_of_the_answer_replied_to(url: str) -> None:
    minh = PersonClient(url)
    answer = minh.ask(QUESTION)
    minh.say("Thế còn AMMTC + Nhật Bản là lần thứ mấy?")
    sources = minh.ask("/sources", reply_to=answer["message_id"])
    assert sources["text"].startswith(f"Nguồn trích dẫn\n\n[1] {RUSSIA}")
    assert "asean-nga-tham-van-an-ninh.md" in sources["text"]


def test_in_a_group_it_speaks_when_spoken_to(url: str) -> None:
    minh, mai = PersonClient(url), PersonClient(url, MAI, "en")
    minh.say("Chào cả nhà", GROUP)
    mai.say("/ask@another_bot How many times has Vietnam chaired ASEAN?", GROUP)
    answer = mai.ask("@trichdan_bot How many times has Vietnam chaired ASEAN?", GROUP)
    assert PersonClient(url).next_from_bot(GROUP) == answer  # the first it ever said there
    assert "chaired ASEAN three times" in answer["text"]
    sources = minh.ask("/sources", GROUP, reply_to=answer["message_id"])
    assert VIENTIANE in sources["text"]


def test_a_button_chooses_the_language(url: str) -> None:
    minh = PersonClient(url, language="vi")
    offered = minh.ask("/language")
    assert "tiếng nào" in offered["text"]
    labels = [button["text"] for button in offered["reply_markup"]["inline_keyboard"][0]]
    assert labels == ["Tiếng Việt", "English", "Tự động"]
    minh.press(offered, "language:en")
    answered = minh.next(lambda event: event["kind"] == "answer")["data"]
    assert answered["text"] == "All right, I will use English."
    edited = minh.next_from_bot()
    assert (edited["message_id"], edited["text"]) == (offered["message_id"], answered["text"])
    minh.press(minh.ask("/language"), "language:auto")
    assert minh.next_from_bot()["text"].startswith("Vâng, tôi sẽ theo ngôn ngữ bạn dùng")


def test_the_command_menu_is_filled(url: str) -> None:
    minh = PersonClient(url)
    for language, said in (("vi", "hỏi một câu"), ("en", "ask a question")):
        menu = minh.call("getCommands", chat_id=GROUP, language_code=language)
        assert {"command": "ask", "description": said} in menu
        assert [entry["command"] for entry in menu][:2] == ["ask", "sources"]


def test_markup_in_a_question_is_only_text(url: str) -> None:
    minh = PersonClient(url)
    answer = minh.ask("<b>Ai</b> & <script>alert(1)</script> đồng chủ trì với Nga?")
    assert RUSSIA in answer["text"]


def test_a_person_using_the_demo_may_send_documents(url: str) -> None:
    minh = PersonClient(url)
    minh.send_file("biên bản.txt", "Biên bản họp tổ\n\nBà Trần Thị Lựu giữ chìa khoá.".encode())
    said = "✅ Đã thêm: Biên bản họp tổ (1 đoạn). Bạn hỏi được rồi."
    minh.next(lambda event: event["data"].get("message", {}).get("text") == said)
    answer = minh.ask("Ai giữ chìa khoá?")
    assert answer["text"].startswith("[1] Biên bản họp tổ\nBà Trần Thị Lựu giữ chìa khoá.")
