"""The folder of the documents from the chat: names, what is kept, and what stays outside."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest

from retrieval.collection.uploads import Uploads, is_upload, key_of, upload_name
from retrieval.documents import Document
from retrieval.refusals import UnreadableError
from retrieval.settings import Limits, RetrievalSettings

LIMIT = 20_000_000  # bytes that can be downloaded


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(RetrievalSettings(seeds=tmp_path))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Biên bản họp.txt", "Biên bản họp.txt"),
        (unicodedata.normalize("NFD", "Biên bản họp.txt"), "Biên bản họp.txt"),
        ("REPORT.PDF", "REPORT.pdf"),
        ("v1.2 final.docx", "v1.2 final.docx"),
        ("../../etc/passwd.txt", "_.._etc_passwd.txt"),
        ("..\\..\\boot.txt", "_.._boot.txt"),
        ("/etc/passwd.txt", "_etc_passwd.txt"),
        (".hidden.txt", "hidden.txt"),
        ("~$report.docx", "$report.docx"),
        ("con:a*b?c|d<e>f\"g.txt", "con_a_b_c_d_e_f_g.txt"),
        ("two\nlines\x00.txt", "twolines.txt"),
        ("\u202etxt.exe\u202c.txt", "txt.exe.txt"),
        ("caf\ud800.txt", "caf.txt"),
        ("...txt", "document.txt"),
        (".pdf", "document.pdf"),
        ("notes .txt ", "notes.txt"),
        ("", "document"),
    ],
)  # fmt: skip
def test_names_can_lie_in_any_folder_and_be_read(sent: str, kept: str) -> None:
    assert upload_name(sent) == f"from-chat/{kept}"


def test_names_are_cut_between_letters_and_keep_their_suffix() -> None:
    assert upload_name("ế" * 200 + ".txt") == "from-chat/" + "ế" * 50 + ".txt"


def test_a_file_that_is_not_worth_fetching(uploads: Uploads) -> None:
    uploads.check("from-chat/a.pdf", 20_000_000, LIMIT)
    with pytest.raises(UnreadableError, match="it is larger than 20 MB"):
        uploads.check("from-chat/a.pdf", 20_000_001, LIMIT)
    with pytest.raises(UnreadableError, match="its format cannot be read"):
        uploads.check("from-chat/a.exe", 10, LIMIT)


@pytest.mark.parametrize(("most", "told"), [(5, 5), (50, 20)])
def test_no_more_is_fetched_than_can_be_downloaded(tmp_path: Path, most: int, told: int) -> None:
    uploads = Uploads(RetrievalSettings(seeds=tmp_path, limits=Limits(max_file_mb=most)))
    with pytest.raises(UnreadableError, match=f"it is larger than {told} MB"):
        uploads.check("from-chat/a.pdf", told * 10**6 + 1, LIMIT)


def test_a_file_is_read_within_the_limits(tmp_path: Path) -> None:
    uploads = Uploads(RetrievalSettings(seeds=tmp_path, limits=Limits(max_file_mb=1)))
    parsed = uploads.read("from-chat/a.txt", b"They have met.")
    document = parsed.document
    assert (document.name, document.text) == ("from-chat/a.txt", "They have met.")
    assert parsed.sha256 == hashlib.sha256(b"They have met.").hexdigest()
    with pytest.raises(UnreadableError, match="its text is longer than 1 million characters"):
        uploads.read("from-chat/a.txt", b"They have met. " * 70_000)


def test_the_same_name_replaces(uploads: Uploads, tmp_path: Path) -> None:
    for data in (b"One.", b"Two."):
        uploads.save("from-chat/a.txt", data)
    (kept,) = (tmp_path / "from-chat").iterdir()
    assert (kept.name, kept.read_bytes()) == ("a.txt", b"Two.")


def test_what_cannot_be_written_leaves_the_old_file(uploads: Uploads, tmp_path: Path) -> None:
    uploads.save("from-chat/a.txt", b"One.")
    (tmp_path / "from-chat" / ".unfinished").mkdir()
    with pytest.raises(IsADirectoryError):
        uploads.save("from-chat/a.txt", b"Two.")
    assert (tmp_path / "from-chat" / "a.txt").read_bytes() == b"One."


def test_nothing_is_written_through_a_link(
    uploads: Uploads, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "a.txt").write_bytes(b"Outside.")
    (tmp_path / "from-chat").symlink_to(outside)
    with pytest.raises(NotADirectoryError, match="from-chat is a link"):
        uploads.save("from-chat/a.txt", b"Two.")
    (tmp_path / "from-chat").unlink()
    (tmp_path / "from-chat").mkdir()
    (tmp_path / "from-chat" / "a.txt").symlink_to(outside / "a.txt")
    uploads.save("from-chat/a.txt", b"Two.")
    assert [path.read_bytes() for path in outside.iterdir()] == [b"Outside."]


def test_removing_twice_is_no_error(uploads: Uploads, tmp_path: Path) -> None:
    uploads.save("from-chat/a.txt", b"One.")
    for _ in range(2):
        uploads.remove("from-chat/a.txt")
    assert list((tmp_path / "from-chat").iterdir()) == []


def test_documents_from_the_chat_are_known_by_their_names() -> None:
    assert is_upload(Document("from-chat/a.txt", "One."))
    assert not is_upload(Document("from-chat.txt", "One."))
    assert key_of(Document("from-chat/a.txt", "One.")) == "da2c0bcaa3fcbc08"
