"""/add https://…: what becomes of an address, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import Settings
from retrieval.collection.uploads import Uploads
from retrieval.reading.parse_cache import ParseCache
from retrieval.reading.parser import parse
from retrieval.settings import Limits, RetrievalSettings
from tests.helpers.fake_telegram import GROUP, LAN, TOM, Chatting, message
from tests.helpers.folder_retriever import FolderRetriever
from tests.helpers.web_site import Reply, WebSite, endless

TEXT = "Bộ trưởng chủ trì cuộc họp. Cuộc họp kéo dài hai giờ."


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "old.txt").write_text("They met in Hanoi.", "utf-8")
    return replace(
        settings,
        admin_ids=frozenset({LAN["id"]}),
        own_hosts=frozenset({"127.0.0.1"}),
        retrieval=RetrievalSettings(seeds=tmp_path / "seeds", limits=Limits(max_file_mb=1)),
    )


@pytest.fixture
def retriever(settings: Settings) -> FolderRetriever:
    retriever = FolderRetriever(folder=settings.retrieval.seeds)
    retriever.reopen()
    return retriever


@pytest.fixture(autouse=True)
def reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process; the tests of `Uploads` read them in the other one."""
    monkeypatch.setattr(Uploads, "read", lambda self, *file: ParseCache(parse).read(*file))


async def add(chat: Chatting, text: str, /, **fields: object) -> list[str]:
    """Send a message until all is done and return what the bot has said: messages, then edits."""
    before = len(chat.telegram.calls)
    await chat.application.start()
    await chat.receive(message=message(text, **fields))
    await chat.application.stop()  # waits for all that was begun
    calls = chat.telegram.calls[before:]
    return [call.parameters["text"] for call in calls if "text" in call.parameters]


async def test_a_page_is_added_and_cited_with_its_address(
    chat: Chatting, site: WebSite, retriever: FolderRetriever
) -> None:
    site.replies["/tin/hop-bao"] = Reply.page("Họp báo thường kỳ", TEXT)
    name = "127.0.0.1_tin_hop-bao.html"
    assert await add(chat, f"/add {site.url}/tin/hop-bao xin cảm ơn") == [
        f"🌐 <b>{site.url}/tin/hop-bao</b>: đang tải …",
        f"📄 <b>{name}</b>: đang đọc …",
        f"📄 <b>{name}</b>: đọc xong, đang lập chỉ mục … "
        "Trong lúc chờ, tôi vẫn trả lời theo những gì đã có.",
        "✅ Đã thêm: <b>Họp báo thường kỳ</b> (1 đoạn). Bạn hỏi được rồi.",
    ]
    (parsed,) = retriever.parsed
    assert parsed.document.name == f"from-chat/{name}"
    assert parsed.document.url == f"{site.url}/tin/hop-bao"
    assert parsed.document.source == "127.0.0.1"
    assert site.requests[0].headers["User-Agent"] == "trichdan (+https://t.me/TrichDanBot)"


async def test_the_same_address_replaces(chat: Chatting, site: WebSite, settings: Settings) -> None:
    site.replies["/a.txt"] = Reply(b"They met.", headers={"Content-Type": "text/plain"})
    await add(chat, f"/add {site.url}/a.txt")
    site.replies["/a.txt"] = Reply(b"They met at last.", headers={"Content-Type": "text/plain"})
    said = await add(chat, f"/add {site.url}/a.txt")
    assert said[-1] == "✅ Đã thay: <b>127.0.0.1 a</b> (1 đoạn). Bạn hỏi được rồi."
    file = settings.retrieval.seeds / "from-chat" / "127.0.0.1_a.txt"
    assert file.read_bytes() == b"They met at last."


async def test_the_same_text_twice_is_told(
    chat: Chatting, site: WebSite, settings: Settings
) -> None:
    site.replies["/a.txt"] = Reply(b"They  met\nin Hanoi.", headers={"Content-Type": "text/plain"})
    said = await add(chat, f"/add {site.url}/a.txt")
    assert said[-1] == (
        "❌ Tôi không đọc được <b>127.0.0.1_a.txt</b>: nội dung trùng với tài liệu đã có là "
        "old.txt."
    )
    assert not (settings.retrieval.seeds / "from-chat").exists()


@pytest.mark.parametrize(
    ("reply", "vietnamese", "english"),
    [
        (
            Reply.redirect("http://localhost/secret"),
            "localhost không nằm trên Internet công cộng; muốn cho phép thì thêm vào OWN_HOSTS",
            "localhost is not on the public internet; to allow it, add it to OWN_HOSTS",
        ),
        (Reply(status=404), "trang web trả lời lỗi 404", "the site answered 404"),
        (
            Reply(endless(), headers={"Content-Type": "text/html"}),
            "tệp lớn hơn 1 MB; hãy chia nhỏ",
            "it is larger than 1 MB; split it",
        ),
        (
            Reply(endless(), headers={"Content-Type": "video/mp4"}),
            "tôi không đọc được định dạng này; hãy lưu thành ",
            "its format cannot be read; save it as one of ",
        ),
        (
            Reply.redirect("/a%3Cb"),
            "địa chỉ này chuyển hướng mãi không dứt",
            "it leads from one address to the next without end",
        ),
    ],
)
async def test_why_an_address_is_not_added(
    chat: Chatting,
    site: WebSite,
    settings: Settings,
    reply: Reply,
    vietnamese: str,
    english: str,
) -> None:
    site.replies["/a%3Cb"] = reply
    said = await add(chat, f"/add {site.url}/a%3Cb")
    opening = f"❌ Tôi chưa thêm được <b>{site.url}/a%3Cb</b>: {vietnamese}"
    assert said[-1].startswith(opening)
    said = await add(chat, f"/add {site.url}/a%3Cb", **{"from": LAN | {"language_code": "en"}})
    assert said[-1].startswith(f"❌ I could not add <b>{site.url}/a%3Cb</b>: {english}")
    assert not (settings.retrieval.seeds / "from-chat").exists()


async def test_what_is_no_address(chat: Chatting) -> None:
    assert await add(chat, "/add") == [
        "Bạn hãy viết địa chỉ trang web hoặc tệp sau lệnh: "
        "<code>/add https://example.org/report.pdf</code>"
    ]
    said = await add(chat, "/add ftp://<b>/a")
    assert said[-1] == (
        "❌ Tôi chưa thêm được <b>ftp://&lt;b&gt;/a</b>: "
        "đây không phải địa chỉ dạng https://… hoặc http://…."
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"from": TOM, "chat": TOM | {"type": "private"}}, ["Just send me your question."]),
        ({"chat": GROUP}, []),
    ],
)
async def test_only_administrators_add_in_private(
    chat: Chatting, site: WebSite, fields: dict[str, object], said: list[str]
) -> None:
    heard = await add(chat, f"/add {site.url}/a.txt", **fields)
    assert [text.partition(" In a group")[0] for text in heard] == said
    assert site.requests == []
