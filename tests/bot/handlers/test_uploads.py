"""Files sent by an administrator: what becomes of them, and what is said of it."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Set
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.handlers.uploads import download_limit
from bot.settings import Settings
from retrieval.collection.uploads import Uploads
from retrieval.documents import Document
from retrieval.errors import CollectionError
from retrieval.pages import PageStart
from retrieval.reading.formats import MAIN_SUFFIXES
from retrieval.reading.parse_cache import ParseCache, ParsedFile
from retrieval.reading.parser import parse
from retrieval.refusals import Cause, ReadingWarning, UnreadableError
from retrieval.settings import RetrievalSettings
from tests.conftest import TOKEN
from tests.helpers.fake_telegram import GROUP, LAN, TOM, Chatting, Json, message
from tests.helpers.folder_retriever import FolderRetriever

TEXT = "Biên bản họp báo\n\nBộ trưởng chủ trì cuộc họp. Cuộc họp kéo dài hai giờ.\n"


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "old.txt").write_text("They met in Hanoi.", "utf-8")
    retrieval = RetrievalSettings(seeds=tmp_path / "seeds")
    return replace(settings, admin_ids=frozenset({LAN["id"]}), retrieval=retrieval)


@pytest.fixture
def seeds(settings: Settings) -> Path:
    return settings.retrieval.seeds


@pytest.fixture
def retriever(seeds: Path) -> FolderRetriever:
    retriever = FolderRetriever(folder=seeds)
    retriever.reopen()
    return retriever


@pytest.fixture(autouse=True)
def reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process; the tests of `Uploads` read them in the other one."""
    monkeypatch.setattr(Uploads, "read", lambda self, *file: ParseCache(parse).read(*file))


def id_of(name: str) -> str:
    return name.encode().hex()


def sent(name: str, size: int = 10, /, **fields: object) -> Json:
    number = id_of(name)
    file = {"file_id": number, "file_unique_id": number, "file_name": name, "file_size": size}
    return message(None, document=file, **fields)


async def send(chat: Chatting, name: str, data: bytes, /, **fields: object) -> list[str]:
    """Send files until all is done and return what the bot has said: new messages, then edits."""
    chat.telegram.files[id_of(name)] = data
    return await finish(chat, sent(name, 10, **fields))


async def finish(chat: Chatting, *messages: Json) -> list[str]:
    before = len(chat.telegram.calls)
    await chat.application.start()
    for each in messages:
        await chat.receive(message=each)
    await chat.application.stop()  # waits for all that was begun
    calls = chat.telegram.calls[before:]
    return [call.parameters["text"] for call in calls if "text" in call.parameters]


async def test_a_file_is_added_while_one_message_tells_how_far_it_is(
    chat: Chatting, seeds: Path, retriever: FolderRetriever
) -> None:
    assert await send(chat, "Họp báo.txt", TEXT.encode()) == [
        "📄 <b>Họp báo.txt</b>: đã nhận.",
        "📄 <b>Họp báo.txt</b>: đang đọc …",
        "📄 <b>Họp báo.txt</b>: đọc xong, đang lập chỉ mục … "
        "Trong lúc chờ, tôi vẫn trả lời theo những gì đã có.",
        "✅ Đã thêm: <b>Biên bản họp báo</b> (1 đoạn). Bạn hỏi được rồi.",
    ]
    assert len({each["message_id"] for each in chat.telegram.edited()}) == 1
    assert (seeds / "from-chat" / "Họp báo.txt").read_bytes() == TEXT.encode()
    assert [one.name for one in retriever.documents] == ["from-chat/Họp báo.txt", "old.txt"]
    assert retriever.reopened_in is not threading.main_thread()


async def test_what_could_not_be_read_is_told(chat: Chatting, seeds: Path) -> None:
    text = "---\ntitle: Họp <báo>\ndate: hôm qua\n---\nBộ trưởng chủ trì cuộc họp.\n"
    said = await send(chat, "a.md", text.encode())
    assert said[-1] == (
        "✅ Đã thêm: <b>Họp &lt;báo&gt;</b> (1 đoạn). Bạn hỏi được rồi.\n"
        "⚠️ Chưa đọc được hết: mục date ở phần khai báo đầu tệp chưa đúng; "
        "hãy viết như 2021-09-29."
    )


async def test_what_was_parsed_is_handed_on(chat: Chatting, retriever: FolderRetriever) -> None:
    await send(chat, "Họp báo.txt", TEXT.encode())
    (parsed,) = retriever.parsed
    assert parsed.document == retriever.named("from-chat/Họp báo.txt")
    assert parsed.sha256 == sha256(TEXT.encode()).hexdigest()


async def test_the_same_name_replaces(chat: Chatting, seeds: Path) -> None:
    await send(chat, "a.txt", b"They met.")
    said = await send(chat, "a.txt", b"They met in the end.")
    assert said[-1] == "✅ Đã thay: <b>a</b> (1 đoạn). Bạn hỏi được rồi."
    assert (seeds / "from-chat" / "a.txt").read_bytes() == b"They met in the end."


async def test_an_unreadable_file_does_not_replace_a_good_one(chat: Chatting, seeds: Path) -> None:
    await send(chat, "a.docx.txt", b"They met.")
    said = await send(chat, "a.docx.txt", b"")
    assert said[-1] == "❌ Tôi không đọc được <b>a.docx.txt</b>: tệp không có chữ nào."
    assert (seeds / "from-chat" / "a.docx.txt").read_bytes() == b"They met."


async def test_what_is_not_worth_fetching_is_told_at_once(chat: Chatting) -> None:
    said = await finish(chat, sent("a.pdf", 20_000_001))
    said += await finish(chat, sent("b<i>.exe"))
    assert said == [
        "❌ Tôi không đọc được <b>a.pdf</b>: tệp lớn hơn 20 MB; hãy chia nhỏ.",
        "❌ Tôi không đọc được <b>b_i_.exe</b>: tôi không đọc được định dạng này; "
        f"hãy lưu thành {', '.join(MAIN_SUFFIXES)}.",
    ]
    assert [call for call in chat.telegram.calls if call.method == "getFile"] == []


@pytest.mark.parametrize(
    ("server", "limit"),
    [("https://api.telegram.org", 20_000_000), ("http://127.0.0.1:8081", sys.maxsize)],
)
def test_a_server_of_ones_own_hands_out_larger_files(server: str, limit: int) -> None:
    assert download_limit(Bot(TOKEN, base_url=f"{server}/bot")) == limit


async def test_a_text_that_is_there_under_another_name(chat: Chatting, seeds: Path) -> None:
    said = await send(chat, "copy.txt", b"They  met\nin Hanoi.")
    assert said[-1] == (
        "❌ Tôi không đọc được <b>copy.txt</b>: nội dung trùng với tài liệu đã có là old.txt."
    )
    assert not (seeds / "from-chat").exists()


async def test_an_album_is_added_file_by_file(
    chat: Chatting, retriever: FolderRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = threading.Lock()

    def read(shelf: Uploads, name: str, data: bytes, origin: None) -> ParsedFile:
        assert busy.acquire(blocking=False)
        try:
            return ParseCache(parse).read(name, data)
        finally:
            busy.release()

    monkeypatch.setattr(Uploads, "read", read)
    names = ["a.txt", "b.txt", "c.txt"]
    chat.telegram.files |= {id_of(name): f"They met {name}.".encode() for name in names}
    said = await finish(chat, *(sent(name, media_group_id="1") for name in names))
    assert [text for text in said if text.startswith("✅")] == [
        f"✅ Đã thêm: <b>{name}</b> (1 đoạn). Bạn hỏi được rồi." for name in "abc"
    ]
    assert len(retriever.documents) == 4


async def test_questions_are_answered_meanwhile(
    chat: Chatting, retriever: FolderRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()
    reopen = retriever.reopen

    def slow(name: str, *parsed: ParsedFile, unfinished: Set[str]) -> None:
        assert answered.wait(timeout=20)
        reopen(name, *parsed, unfinished=unfinished)

    monkeypatch.setattr(retriever, "reopen", slow)
    chat.telegram.files[id_of("a.txt")] = b"They met."
    await chat.application.start()
    await chat.receive(message=sent("a.txt"))
    (reply,) = [each for each in await chat.say("Ai dự hội nghị?") if "[1]" in each["text"]]
    answered.set()
    await chat.application.stop()
    assert reply["text"].startswith("<b>[1]</b>")
    assert chat.telegram.edited()[-1]["text"].startswith("✅ Đã thêm")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("../../\u202etxt.exe\n<b>.txt", b"\0\xff\xfe\xfa", "không chắc tệp dùng bảng mã nào"),
        ("a.docx", b"PK\x03\x04", "tệp bị hỏng"),
        ("a.html", b"<div>" * 100_000 + b"They met.", "trang này không có bài viết"),
        ("a.pdf", b"%PDF-1.4\ntrailer<</Root 1 0 R>>", "tệp bị hỏng"),
    ],
)
async def test_a_hostile_file_is_refused_with_its_reason(
    chat: Chatting, seeds: Path, name: str, data: bytes, reason: str
) -> None:
    said = await send(chat, name, data)
    assert reason in said[-1]
    assert not {"\u202e", "\n<b>"} & set(said[-1])
    assert not (seeds / "from-chat").exists()


async def test_a_question_in_the_caption_is_answered_once_the_file_is_there(
    chat: Chatting, retriever: FolderRetriever
) -> None:
    said = await send(chat, "a.txt", b"They met.", caption="Ai dự hội nghị?")
    assert said[-2].startswith("✅ Đã thêm")
    assert said[-1].startswith("<b>[1]</b>")
    await send(chat, "b.txt", b"They met again.", caption="Biên bản họp")
    assert retriever.questions == ["Ai dự hội nghị?"]


async def test_a_file_that_telegram_does_not_give(chat: Chatting) -> None:
    chat.telegram.failures["getFile"] = BadRequest("Wrong file_id")
    said = await send(chat, "a.txt", b"They met.")
    assert said[-1] == "❌ Tôi chưa tải được <b>a.txt</b> từ Telegram. Bạn gửi lại giúp tôi nhé."


async def test_a_folder_that_cannot_be_written(chat: Chatting, seeds: Path) -> None:
    (seeds / "from-chat").write_text("no folder", "utf-8")
    said = await send(chat, "a.txt", b"They met.")
    assert said[-1] == (
        f"❌ Tôi chưa lưu được <b>a.txt</b> ({os.strerror(17)}). "
        "Bạn kiểm tra thư mục tài liệu trên máy chủ giúp tôi nhé."
    )


async def test_an_index_that_cannot_be_renewed(
    chat: Chatting, seeds: Path, retriever: FolderRetriever
) -> None:
    retriever.failure = CollectionError("Cannot write to INDEX_DIR=<data>: disk full")
    said = await send(chat, "a.txt", b"They met.")
    assert said[-1] == (
        "⚠️ Đã lưu <b>a.txt</b>, nhưng tôi chưa dùng để trả lời được. "
        "Cannot write to INDEX_DIR=&lt;data&gt;: disk full"
    )
    assert (seeds / "from-chat" / "a.txt").exists()


async def test_where_no_file_can_be_read_nothing_is_said_to_be_saved(
    chat: Chatting, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(uploads: Uploads, name: str, data: bytes, origin: None) -> ParsedFile:
        raise CollectionError("The program that reads documents does not start.")

    monkeypatch.setattr(Uploads, "read", fail)
    said = await send(chat, "a.txt", b"They met.")
    assert said[-1] == (
        "❌ Tôi chưa đọc được <b>a.txt</b>, nên chưa có gì thay đổi. "
        "The program that reads documents does not start."
    )
    assert not (seeds / "from-chat" / "a.txt").exists()


async def test_where_the_progress_was_deleted_the_end_is_told_anew(chat: Chatting) -> None:
    chat.telegram.failures["editMessageText"] = BadRequest("Message to edit not found")
    await send(chat, "a.txt", b"They met.")
    assert chat.telegram.texts() == [
        "📄 <b>a.txt</b>: đã nhận.",
        "✅ Đã thêm: <b>a</b> (1 đoạn). Bạn hỏi được rồi.",
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"from": TOM, "chat": TOM | {"type": "private"}}, ["I can only read text."]),
        ({"chat": GROUP}, []),
        ({"animation": {"file_id": "g", "file_unique_id": "g", "width": 1, "height": 1,
          "duration": 1}}, ["Tôi chỉ đọc được chữ."]),
    ],
    ids=["somebody else", "in a group", "an animation"],
)  # fmt: skip
async def test_only_files_of_administrators_in_private_are_added(
    chat: Chatting, seeds: Path, fields: Json, said: list[str]
) -> None:
    heard = await send(chat, "a.txt", b"They met.", **fields)
    assert [text.partition(" Could")[0].partition(" Bạn")[0] for text in heard] == said
    assert not (seeds / "from-chat").exists()


def photo(caption: str | None = None, /, **fields: object) -> Json:
    sizes = [
        {"file_id": id_of(name), "file_unique_id": name, "width": side, "height": side}
        for name, side in (("small", 90), ("large", 1280))
    ]
    written = {} if caption is None else {"caption": caption}
    return message(None, photo=sizes, **written, **fields)


async def test_a_photo_of_an_administrator_is_a_document_named_by_its_caption(
    chat: Chatting, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(self: Uploads, name: str, data: bytes, origin: object = None) -> ParsedFile:
        scanned = Document(name, "Họp lúc ba giờ.", page_starts=(PageStart(0, 1),))
        warning = ReadingWarning(Cause.RECOGNISED_PAGES, {"pages": "1"})
        return ParsedFile(replace(scanned, warnings=(warning,)), sha256(data).hexdigest())

    monkeypatch.setattr(Uploads, "read", read)
    chat.telegram.files[id_of("large")] = b"a picture"
    *_, last = await finish(chat, photo("Thông báo họp"))
    assert (seeds / "from-chat" / "Thông báo họp.jpg").read_bytes() == b"a picture"
    assert last.endswith(
        "🔍 Bạn kiểm tra lại giúp nhé: chữ ở trang 1 được nhận dạng từ ảnh; hãy so với bản gốc, […]"
        " là chỗ không chắc chắn."
    )


async def test_a_photo_without_a_caption_or_with_a_question_is_named_by_its_day(
    chat: Chatting, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(self: Uploads, name: str, data: bytes, origin: object = None) -> ParsedFile:
        return ParsedFile(Document(name, "Họp."), sha256(data).hexdigest())

    monkeypatch.setattr(Uploads, "read", read)
    chat.telegram.files[id_of("large")] = b"a picture"
    await finish(chat, photo())
    (path,) = (seeds / "from-chat").iterdir()
    assert re.fullmatch(r"Ảnh 2021-09-29 \(\d+\)\.jpg", path.name)


async def test_a_photo_of_anyone_else_is_no_document(chat: Chatting, seeds: Path) -> None:
    sent_by_tom = {"from": TOM, "chat": TOM | {"type": "private"}}
    assert await finish(chat, photo(None, **sent_by_tom)) == [
        "I can only read text. Could you type your question, please?"
    ]
    assert not (seeds / "from-chat").exists()


async def test_a_picture_without_text_is_told_in_one_line(
    chat: Chatting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(self: Uploads, name: str, data: bytes, origin: object = None) -> ParsedFile:
        raise UnreadableError(Cause.BLANK)

    monkeypatch.setattr(Uploads, "read", read)
    chat.telegram.files[id_of("large")] = b"a picture"
    *_, last = await finish(chat, photo("Cây cầu"))
    assert last == ("❌ Tôi không đọc được <b>Cây cầu.jpg</b>: không tìm thấy chữ nào trong ảnh.")
