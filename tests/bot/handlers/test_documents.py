"""/documents and /forget: what administrators see, and what they can take away."""

from __future__ import annotations

from dataclasses import replace
from errno import EROFS
from pathlib import Path

import pytest

from bot.settings import Settings
from retrieval.collection.uploads import Uploads, key_of
from retrieval.errors import CollectionError
from retrieval.reading.formats import MAIN_SUFFIXES
from retrieval.settings import RetrievalSettings
from tests.helpers.fake_telegram import GROUP, LAN, TOM, Chatting, Json, button, message
from tests.helpers.folder_retriever import FolderRetriever
from tests.helpers.replies import buttons

FILES = {"old.txt": "They met in Hanoi.", "from-chat/A&B.txt": "They met in Vientiane."}


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    for name, text in FILES.items():
        path = tmp_path / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    retrieval = RetrievalSettings(seeds=tmp_path / "seeds")
    return replace(settings, admin_ids=frozenset({LAN["id"]}), retrieval=retrieval)


@pytest.fixture
def retriever(settings: Settings) -> FolderRetriever:
    retriever = FolderRetriever(folder=settings.retrieval.seeds)
    retriever.reopen()
    return retriever


@pytest.fixture
def key(retriever: FolderRetriever) -> str:
    """How buttons name the document from the chat."""
    return key_of(retriever.documents[0])


async def press(chat: Chatting, data: str, sender: Json = LAN) -> list[str]:
    """Press a button until all is done and return what the message has become."""
    before = len(chat.telegram.edited())
    await chat.application.start()
    await chat.receive(callback_query=button(data, sender))
    await chat.application.stop()  # waits for all that was begun
    return [each["text"] for each in chat.telegram.edited()[before:]]


async def test_the_list_marks_what_came_from_the_chat(chat: Chatting) -> None:
    (reply,) = await chat.say("/documents")
    assert reply["text"] == (
        "<b>Kho tài liệu (2)</b>\n1. 📎 A&amp;B\n2. old\n\n"
        f"Gửi tôi ảnh hoặc tệp ({', '.join(MAIN_SUFFIXES)}) hoặc <code>/add https://…</code> để "
        "thêm tài liệu, gửi lại để thay. Dùng /forget để bỏ những tài liệu gửi qua chat (📎) "
        "hay lấy từ nguồn tin (📰)."
    )
    assert buttons(reply) == []


async def test_the_list_has_pages(chat: Chatting, retriever: FolderRetriever) -> None:
    retriever.documents = tuple(
        replace(retriever.documents[0], name=f"{number}.txt") for number in range(25)
    )
    (reply,) = await chat.say("/documents")
    assert buttons(reply) == [[("▶", "documents:2")]]
    (text,) = await press(chat, "documents:2")
    assert text.split("\n")[:2] == ["<b>Kho tài liệu (25)</b>", "11. 10"]
    shown = buttons(chat.telegram.edited()[-1])
    assert shown == [[("◀", "documents:1"), ("▶", "documents:3")]]


async def test_forgetting_asks_which_and_whether(
    chat: Chatting, settings: Settings, retriever: FolderRetriever, key: str
) -> None:
    (offer,) = await chat.say("/forget")
    assert offer["text"] == "Bạn muốn bỏ tài liệu nào?"
    assert buttons(offer) == [[("A&B", f"forget:{key}")]]
    assert await press(chat, f"forget:{key}") == [
        "Bỏ tài liệu <b>A&amp;B</b> nhé? Tôi sẽ không trả lời theo tài liệu này nữa."
    ]
    sure = buttons(chat.telegram.edited()[-1])
    assert sure == [[("🗑 Bỏ", f"forget:{key}:yes"), ("Giữ lại", "forget:keep")]]
    assert await press(chat, f"forget:{key}:yes") == ["🗑 Đã bỏ: <b>A&amp;B</b>."]
    assert [one.name for one in retriever.documents] == ["old.txt"]
    assert not (settings.retrieval.seeds / "from-chat" / "A&B.txt").exists()


async def test_forgetting_in_reply_to_the_file(chat: Chatting, key: str) -> None:
    file = {"file_id": "1", "file_unique_id": "1", "file_name": "A&B.TXT"}
    (reply,) = await chat.say("/forget", reply_to_message=message(document=file))
    assert reply["text"].startswith("Bỏ tài liệu <b>A&amp;B</b> nhé?")
    assert buttons(reply)[0][0] == ("🗑 Bỏ", f"forget:{key}:yes")
    (offer,) = await chat.say("/forget", reply_to_message=message("Another message"))
    assert offer["text"] == "Bạn muốn bỏ tài liệu nào?"


async def test_many_to_forget_have_pages(chat: Chatting, retriever: FolderRetriever) -> None:
    retriever.documents = tuple(
        replace(retriever.documents[0], name=f"from-chat/{number}.txt") for number in range(12)
    )
    (offer,) = await chat.say("/forget")
    assert len(buttons(offer)) == 11
    assert buttons(offer)[-1] == [("▶", "forget:page:2")]
    assert await press(chat, "forget:page:2") == ["Bạn muốn bỏ tài liệu nào?"]
    labels = [[label for label, _ in row] for row in buttons(chat.telegram.edited()[-1])]
    assert labels == [["10"], ["11"], ["◀"]]


async def test_keeping(chat: Chatting, settings: Settings) -> None:
    assert await press(chat, "forget:keep") == ["Vâng, tôi giữ lại."]
    assert (settings.retrieval.seeds / "from-chat" / "A&B.txt").exists()


async def test_nothing_came_from_the_chat(chat: Chatting, retriever: FolderRetriever) -> None:
    retriever.documents = retriever.documents[1:]
    (reply,) = await chat.say("/forget")
    assert reply["text"].startswith("Chưa có tài liệu nào gửi qua chat")


async def test_what_was_removed_already_is_said_to_be_gone(chat: Chatting) -> None:
    gone = ["⚠️ Tài liệu này không còn trong kho."]
    assert await press(chat, "forget:0123456789abcdef") == gone
    assert await press(chat, "forget:0123456789abcdef:yes") == gone


async def test_the_last_document_stays(
    chat: Chatting, settings: Settings, retriever: FolderRetriever, key: str
) -> None:
    retriever.documents = retriever.documents[:1]
    (text,) = await press(chat, f"forget:{key}:yes")
    assert text.startswith("Đây là tài liệu duy nhất của tôi.")
    assert (settings.retrieval.seeds / "from-chat" / "A&B.txt").exists()


async def test_what_cannot_be_removed_is_told(
    chat: Chatting, settings: Settings, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(uploads: Uploads, name: str) -> None:
        raise OSError(EROFS, "Read-only <file> system")

    monkeypatch.setattr(Uploads, "remove", fail)
    assert await press(chat, f"forget:{key}:yes") == [
        "❌ Tôi chưa bỏ được <b>A&amp;B</b>. Read-only &lt;file&gt; system"
    ]
    assert (settings.retrieval.seeds / "from-chat" / "A&B.txt").exists()


async def test_what_is_removed_but_still_indexed_is_told(
    chat: Chatting, settings: Settings, retriever: FolderRetriever, key: str
) -> None:
    retriever.failure = CollectionError("Cannot write to INDEX_DIR=<data>: disk full")
    assert await press(chat, f"forget:{key}:yes") == [
        "⚠️ Đã bỏ <b>A&amp;B</b>, nhưng tạm thời tôi vẫn còn trả lời từ tài liệu này. "
        "Cannot write to INDEX_DIR=&lt;data&gt;: disk full"
    ]
    assert not (settings.retrieval.seeds / "from-chat" / "A&B.txt").exists()


@pytest.mark.parametrize("command", ["/documents", "/forget"])
async def test_the_commands_are_for_administrators_in_private(chat: Chatting, command: str) -> None:
    (reply,) = await chat.say(command, **{"from": TOM, "chat": TOM | {"type": "private"}})
    assert reply["text"].startswith("Just send me your question.")
    assert await chat.say(command, chat=GROUP) == []


async def test_the_buttons_are_for_administrators(
    chat: Chatting, settings: Settings, key: str
) -> None:
    for data in ("documents:1", "forget:page:1", f"forget:{key}", f"forget:{key}:yes"):
        assert await press(chat, data, TOM) == []
        answer = chat.telegram.calls[-1]
        assert answer.method == "answerCallbackQuery"
        assert answer.parameters["text"] == "This button is out of date and no longer works."
    assert (settings.retrieval.seeds / "from-chat" / "A&B.txt").exists()
