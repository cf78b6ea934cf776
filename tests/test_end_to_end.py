"""The bot as a process of its own, in polling mode, and people who use it in the demo's chats.

One process serves all tests, so it starts only once more, for the restart. Every call it makes is
held against the Bot API's description at the end.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import httpx
import pytest

from tests.helpers.bot_api import violations_in
from tests.helpers.bot_process import (
    SECONDS_TO_START,
    WITHOUT_MODEL,
    BotProcess,
    free_address,
    running,
)
from tests.helpers.controlled_server.server import ControlledServer
from tests.helpers.demo_client import (
    ASEAN,
    CYBER,
    FORUM,
    GROUP,
    JSON,
    MAI,
    MINH,
    PersonClient,
    plain_entities,
)
from tests.helpers.paths import ROOT
from tests.helpers.web_site import Reply, WebSite

RUSSIA = "Ai đồng chủ trì hội nghị tham vấn an ninh ASEAN - Nga?"
RUSSIA_TITLE = "Đoàn Việt Nam tham dự Hội nghị tham vấn lãnh đạo cấp cao ASEAN-Nga"
RUSSIA_LINE = f"{RUSSIA_TITLE} — Người Làm Báo, theo TTXVN, 23/8/2022"
RUSSIA_SENTENCE = (
    "Hội nghị có hai vị đồng chủ trì: Đại tướng Patrushev Nikolai Platonovich, Thư ký Hội đồng An "
    "ninh Liên bang Nga, cùng Trung tướng Hun Manith, Tổng Cục trưởng Tổng Cục Tình báo, Bộ Quốc "
    "phòng Campuchia."
)
CHAIR = "How many times has Vietnam chaired ASEAN?"
CHAIR_TITLE = "Vietnam strengthens cooperation in preventing transnational crime in ASEAN"
CHAIR_SENTENCE = (
    "A member for almost three decades, Vietnam has chaired ASEAN three times, with success, and "
    "has done much to build a community that is united, peaceful, stable, secure, prosperous and "
    "self-reliant."
)
PHO = "Công thức nấu phở bò?"
MINUTES = "Biên bản họp tổ\n\nBà Trần Thị Lựu giữ chìa khoá phòng họp."


@pytest.fixture(scope="module")
def server() -> Iterator[ControlledServer]:
    with ControlledServer.running() as server:
        yield server


@pytest.fixture(scope="module")
def bot(
    server: ControlledServer, index_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BotProcess]:
    """Run the bot with Minh for its administrator; its calls must all be as Telegram wants them."""
    folder = tmp_path_factory.mktemp("bot")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    environment = {
        "TELEGRAM_API_URL": server.url,
        "TELEGRAM_BOT_TOKEN": server.token,
        "SEEDS_DIR": str(folder / "seeds"),
        "INDEX_DIR": str(index_folder),
        "DATABASE_URL": f"sqlite:///{folder}/bot.sqlite3",
        "ADMIN_IDS": str(MINH),
        "OWN_HOSTS": "127.0.0.1",
        "QUESTIONS_PER_MINUTE": "0",
        "METRICS_LISTEN": free_address(),
    }
    with running(environment, folder / "log.txt") as process:
        assert server.online.wait(SECONDS_TO_START), process.log.read_text()
        yield process
    calls = PersonClient(server.url).call("getCalls")
    assert violations_in(calls) == []
    logged = process.log.read_text()
    secrets = (server.token.partition(":")[2], RUSSIA, CHAIR, PHO, "Trần Thị Lựu")
    assert [secret for secret in secrets if secret in logged] == []


@pytest.fixture
def lan(server: ControlledServer, bot: BotProcess) -> PersonClient:
    """Let somebody new chat with the bot in private."""
    return PersonClient.guest(server.url)


@pytest.fixture
def minh(server: ControlledServer, bot: BotProcess) -> PersonClient:
    return PersonClient.newcomer(server.url, MINH)


@pytest.fixture
def mai(server: ControlledServer, bot: BotProcess) -> PersonClient:
    return PersonClient.newcomer(server.url, MAI, "en")


def labels(message: JSON) -> list[list[str]]:
    rows = message["reply_markup"]["inline_keyboard"]
    return [[button["text"] for button in row] for row in rows]


def button(message: JSON, label: str) -> JSON:
    """Return the button whose label begins so."""
    rows = message["reply_markup"]["inline_keyboard"]
    found: JSON = next(b for row in rows for b in row if b["text"].startswith(label))
    return found


def press(person: PersonClient, message: JSON, label: str) -> None:
    person.press(message, button(message, label)["callback_data"])


def first_quote(message: JSON) -> str:
    return next(text for kind, text in plain_entities(message) if kind == "blockquote")


def in_bold(message: JSON) -> str:
    """Return the words of the first quotation that are in bold."""
    quote = first_quote(message)
    return next(text for kind, text in plain_entities(message) if kind == "bold" and text in quote)


def test_an_answer_in_private(lan: PersonClient) -> None:
    asked = lan.say(RUSSIA)
    answer = lan.reply_to(asked)
    assert answer["text"].startswith(f"[1] {RUSSIA_LINE}\n")
    assert in_bold(answer) == RUSSIA_SENTENCE
    assert first_quote(answer).endswith(RUSSIA_SENTENCE)
    kinds = [kind for kind, _ in plain_entities(answer)]
    assert (kinds.count("blockquote"), kinds.count("expandable_blockquote")) == (1, 2)
    assert labels(answer) == [
        ["📖 [1]", "📖 [2]", "📖 [3]", "▶"],
        ["📋 Sao chép [1]", "🔗 Mở [1]"],
        ["📚 Nguồn", "👍", "👎"],
    ]
    assert answer["link_preview_options"] == {"is_disabled": True}
    assert answer["reply_to_message"]["text"] == RUSSIA


def test_the_pages_of_an_answer(lan: PersonClient) -> None:
    answer = lan.ask(RUSSIA)
    press(lan, answer, "▶")
    second = lan.next_from_bot()
    assert second["message_id"] == answer["message_id"]
    assert second["text"].startswith("Những đoạn liên quan tiếp theo:\n\n[4] ")
    assert labels(second)[0] == ["◀", "📖 [4]", "📖 [5]", "📖 [6]", "▶"]
    press(lan, second, "◀")
    first = lan.next_from_bot()
    assert (first["text"], first["reply_markup"]) == (answer["text"], answer["reply_markup"])


def test_the_passage_in_its_document(lan: PersonClient) -> None:
    answer = lan.ask(RUSSIA)
    press(lan, answer, "📖 [1]")
    passage = lan.next_from_bot()
    assert passage["text"].startswith(f"{RUSSIA_LINE}\nĐoạn 1/7\n")
    assert passage["reply_to_message"]["message_id"] == answer["message_id"]
    assert in_bold(passage) == RUSSIA_SENTENCE
    press(lan, passage, "▶")
    after = lan.next_from_bot()
    assert after["message_id"] == passage["message_id"]
    assert after["text"].startswith(f"{RUSSIA_LINE}\nĐoạn 2/7\n")
    assert labels(after)[0] == ["◀", "▶"]


def test_the_sources_of_an_answer(lan: PersonClient) -> None:
    answer = lan.ask(RUSSIA)
    lan.ask(CHAIR)
    press(lan, answer, "📚")
    sources = lan.next_from_bot()
    assert sources["text"].startswith(f"Nguồn trích dẫn\n\n[1] {RUSSIA_LINE}\n")
    assert "asean-nga-tham-van-an-ninh.md" in sources["text"]
    asked = lan.ask("/sources", reply_to=answer["message_id"])
    assert asked["text"] == sources["text"]
    assert f"[1] {CHAIR_TITLE} — " in lan.ask("/sources")["text"]


def test_a_citation_to_copy(lan: PersonClient) -> None:
    copied = button(lan.ask(RUSSIA), "📋")["copy_text"]["text"]
    assert copied.startswith("“Hội nghị có hai vị đồng chủ trì: Đại tướng Patrushev")
    assert "Người Làm Báo, theo TTXVN, 23/8/2022" in copied


def test_before_any_answer_the_collection_is_listed(lan: PersonClient) -> None:
    assert lan.ask("/sources")["text"].startswith("Kho tài liệu (5)\n1. ")


def test_what_is_not_found_offers_the_nearest(lan: PersonClient) -> None:
    answer = lan.ask(PHO)
    assert answer["text"].startswith("Tôi không tìm thấy câu trả lời trong kho tài liệu.")
    assert labels(answer) == [["🔎 Xem đoạn liên quan nhất"]]
    press(lan, answer, "🔎")
    nearest = lan.next_from_bot()
    assert nearest["message_id"] == answer["message_id"]
    assert nearest["text"].startswith("Tôi không tìm thấy câu trả lời chắc chắn.")


def test_an_edited_question_edits_its_answer(lan: PersonClient) -> None:
    asked = lan.say(RUSSIA)
    answer = lan.reply_to(asked)
    lan.edit(asked, CHAIR)
    edited = lan.next_from_bot()
    assert edited["message_id"] == answer["message_id"]
    assert in_bold(edited) == CHAIR_SENTENCE
    assert "📚 Sources" in labels(edited)[2]


def test_feedback_is_taken(lan: PersonClient) -> None:
    answer = lan.ask(RUSSIA)
    for label, said in (("👍", "👍 Cảm ơn bạn!"), ("👎", "👎 Cảm ơn bạn, tôi đã ghi lại.")):
        press(lan, answer, label)
        assert lan.next(lambda event: event["kind"] == "answer")["data"]["text"] == said


def test_in_a_group_it_speaks_when_spoken_to(minh: PersonClient, mai: PersonClient) -> None:
    minh.say("Chào cả nhà", GROUP)
    mai.say(f"/ask@another_bot {CHAIR}", GROUP)
    asked = mai.say(f"@trichdan_bot {CHAIR}", GROUP)
    answer = minh.next_from_bot(GROUP)
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    assert in_bold(answer) == CHAIR_SENTENCE
    again = minh.ask(RUSSIA, GROUP, reply_to=answer["message_id"])
    assert in_bold(again) == RUSSIA_SENTENCE
    assert in_bold(mai.ask(f"/ask@trichdan_bot {CHAIR}", GROUP)) == CHAIR_SENTENCE


def test_in_a_forum_it_stays_in_the_topic(minh: PersonClient, mai: PersonClient) -> None:
    answer = minh.ask(f"/ask {RUSSIA}", FORUM, topic=ASEAN)
    assert (answer["message_thread_id"], in_bold(answer)) == (ASEAN, RUSSIA_SENTENCE)
    assert minh.ask(f"/ask {CHAIR}", FORUM, topic=CYBER)["message_thread_id"] == CYBER
    sources = minh.ask("/sources", FORUM, topic=ASEAN)
    assert sources["message_thread_id"] == ASEAN
    assert f"[1] {RUSSIA_LINE}" in sources["text"]
    assert mai.ask("/sources", FORUM, topic=ASEAN)["text"].startswith("Documents (5)")
    assert "is_topic_message" not in minh.ask(f"/ask {RUSSIA}", FORUM)


def test_inline_excerpts_are_sent_and_lead_to_the_document(
    minh: PersonClient, lan: PersonClient
) -> None:
    offered = minh.inline(CHAIR, GROUP)
    assert offered["results"][0]["title"] == CHAIR_TITLE
    assert offered["results"][0]["description"].startswith(CHAIR_SENTENCE[:100])
    further = minh.inline(CHAIR, GROUP, offset=offered["next_offset"])
    ids = [result["id"] for page in (offered, further) for result in page["results"]]
    assert len(set(ids)) == len(ids) == 10
    assert further["next_offset"] == ""
    sent = minh.choose(offered, chat=GROUP)
    assert (sent["via_bot"]["username"], in_bold(sent)) == ("trichdan_bot", CHAIR_SENTENCE)
    link = button(sent, "📖")["url"]
    assert link.startswith("https://t.me/trichdan_bot?start=src_")
    opened = lan.ask(f"/start {link.partition('=')[2]}")
    assert opened["text"].startswith(f"{CHAIR_TITLE} — ")
    assert in_bold(opened) == CHAIR_SENTENCE


def test_a_burst_of_keystrokes_is_one_search(lan: PersonClient) -> None:
    typed = [lan.type_inline(CHAIR[:length]) for length in range(10, len(CHAIR) + 1, 8)]
    last = lan.next(lambda event: event["kind"] == "inline")["data"]["query_id"]
    assert last == typed[-1]


def test_a_document_from_the_chat(minh: PersonClient, lan: PersonClient) -> None:
    sent = minh.send_file("biên bản.txt", MINUTES.encode())
    progress = minh.reply_to(sent)
    assert progress["text"] == "📄 biên bản.txt: đã nhận."
    added = "✅ Đã thêm: Biên bản họp tổ (1 đoạn). Bạn hỏi được rồi."
    done = minh.next(lambda event: event["data"].get("message", {}).get("text") == added)
    assert done["data"]["message"]["message_id"] == progress["message_id"]
    question = "Ai giữ chìa khoá phòng họp?"
    assert in_bold(lan.ask(question)) == "Bà Trần Thị Lựu giữ chìa khoá phòng họp."
    offer = minh.ask("/forget")
    press(minh, offer, "Biên bản")
    sure = minh.next_from_bot()
    assert sure["text"].startswith("Bỏ tài liệu Biên bản họp tổ nhé?")
    press(minh, sure, "🗑")
    gone = "🗑 Đã bỏ: Biên bản họp tổ."
    minh.next(lambda event: event["data"].get("message", {}).get("text") == gone)
    assert "Trần Thị Lựu" not in lan.ask(question)["text"]


def test_a_page_by_its_address_answers_a_watched_question(
    minh: PersonClient, lan: PersonClient, site: WebSite
) -> None:
    question, sentence = "Ai giữ chìa khoá kho vật tư?", "Ông Lê Văn Tài giữ chìa khoá kho vật tư."
    assert lan.ask(f"/watch {question}")["text"].startswith("🔔 Vâng, khi có tài liệu mới")
    site.replies["/kho"] = Reply.page("Nội quy kho", sentence)
    assert minh.ask(f"/add {site.url}/kho")["text"].endswith("/kho: đang tải …")
    news = lan.next_from_bot()
    assert news["text"].startswith(f"🔔 Có tài liệu mới trả lời: {question}\n\n[1] Nội quy kho")
    assert in_bold(news) == sentence
    assert button(news, "🔗")["url"] == f"{site.url}/kho"
    press(lan, lan.ask("/watch"), "🗑")
    assert lan.next_from_bot()["text"].startswith("Ở đây chưa theo dõi câu hỏi nào.")
    press(minh, minh.ask("/forget"), "Nội quy")
    press(minh, minh.next_from_bot(), "🗑")
    gone = "🗑 Đã bỏ: Nội quy kho."
    minh.next(lambda event: event["data"].get("message", {}).get("text") == gone)


def test_what_cannot_be_read_gets_its_reason(minh: PersonClient) -> None:
    progress = minh.reply_to(minh.send_file("ảnh.pdf", b"%PDF-1.7 x"))
    refused = minh.next_from_bot()
    while refused["text"].startswith("📄"):
        refused = minh.next_from_bot()
    assert refused["message_id"] == progress["message_id"]
    assert refused["text"].startswith("❌ Tôi không đọc được ảnh.pdf: ")


def test_others_send_no_documents(lan: PersonClient) -> None:
    sent = lan.send_file("biên bản.txt", MINUTES.encode())
    assert lan.reply_to(sent)["text"] == "Tôi chỉ đọc được chữ. Bạn gõ câu hỏi giúp tôi nhé."
    assert lan.ask("/sources")["text"].startswith("Kho tài liệu (5)")


def test_what_is_no_text(lan: PersonClient) -> None:
    said = lan.send_other(dice={"emoji": "🎲", "value": 1})
    assert lan.reply_to(said)["text"] == "Tôi chỉ đọc được chữ. Bạn gõ câu hỏi giúp tôi nhé."


def test_questions_in_a_row_are_answered_in_order(lan: PersonClient) -> None:
    asked = [lan.say(question)["message_id"] for question in (RUSSIA, CHAIR, PHO) * 2]
    answers = [lan.next_from_bot()["reply_to_message"]["message_id"] for _ in asked]
    assert answers == asked


@pytest.mark.parametrize("fault", [{"code": 429, "retry_after": 1}, {"code": 500}, {"code": 502}])
def test_trouble_at_telegram_costs_time_and_no_answer(
    lan: PersonClient, fault: dict[str, int]
) -> None:
    lan.call("addFault", method="sendMessage", **fault)
    began = monotonic()
    assert in_bold(lan.ask(RUSSIA)) == RUSSIA_SENTENCE
    assert monotonic() - began > fault.get("retry_after", 0.1)
    lan.say(PHO)
    assert lan.next_from_bot()["reply_to_message"]["text"] == PHO  # and no second answer before


@pytest.mark.parametrize(
    "fault", [{"code": 500}, {"code": 502, "body": "<html>"}, {"body": "{"}, {"drop": True}]
)
def test_polling_goes_on_after_trouble(lan: PersonClient, fault: dict[str, object]) -> None:
    lan.call("addFault", method="getUpdates", **fault)
    lan.ask(RUSSIA)  # the call that waits already
    assert in_bold(lan.ask(RUSSIA)) == RUSSIA_SENTENCE


def test_its_health_is_told(bot: BotProcess, lan: PersonClient) -> None:
    lan.ask(RUSSIA)
    address = f"http://{bot.environment['METRICS_LISTEN']}"
    assert httpx.get(f"{address}/healthz").status_code == 200
    assert 'method="sendMessage"' in httpx.get(f"{address}/metrics").text


def test_a_second_instance_ends_in_one_line(
    bot: BotProcess, lan: PersonClient, tmp_path: Path
) -> None:
    settings = {
        "METRICS_LISTEN": "",
        "DATABASE_URL": f"sqlite:///{tmp_path}/bot.sqlite3",
        "PYTHONPATH": str(ROOT),
    }
    command = ("-c", WITHOUT_MODEL)  # what it answers does not matter
    second = BotProcess(bot.environment | settings, tmp_path / "log.txt", command)
    second.start()
    assert second.exit_code() == 1
    assert second.log.read_text().splitlines()[-1] == (
        "error: another instance of the bot runs with the same TELEGRAM_BOT_TOKEN"
    )
    assert in_bold(lan.ask(RUSSIA)) == RUSSIA_SENTENCE


def test_after_a_restart_old_buttons_work(bot: BotProcess, lan: PersonClient) -> None:
    answer = lan.ask(RUSSIA)
    assert bot.end() == 0
    press(lan, answer, "▶")
    late = lan.say(CHAIR)
    bot.start()
    second = lan.next_from_bot(seconds=SECONDS_TO_START)
    assert second["message_id"] == answer["message_id"]
    assert second["text"].startswith("Những đoạn liên quan tiếp theo:\n\n[4] ")
    assert in_bold(lan.reply_to(late)) == CHAIR_SENTENCE
    sources = lan.ask("/sources", reply_to=answer["message_id"])
    assert f"[1] {RUSSIA_LINE}" in sources["text"]


def test_a_revoked_token_ends_the_bot_in_one_line(bot: BotProcess, lan: PersonClient) -> None:
    lan.ask(RUSSIA)
    lan.call("revokeToken")
    assert bot.exit_code() == 1
    assert bot.log.read_text().splitlines()[-1] == (
        "error: Telegram refuses TELEGRAM_BOT_TOKEN now: has it been revoked?"
    )
