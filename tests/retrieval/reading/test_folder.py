"""Folders read: names, what is refused and why, and that the rest is still there."""

from __future__ import annotations

import io
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docx
import pytest

from retrieval.documents import Document, Heading, Span
from retrieval.errors import CollectionError
from retrieval.reading.folder import FolderContents
from retrieval.reading.formats import MAIN_SUFFIXES
from retrieval.reading.sandbox import Sandbox
from retrieval.refusals import Refusal
from tests.helpers.folders import read, refused
from tests.helpers.paths import ROOT, SHARED
from tests.helpers.pdf_bytes import pdf

SEEDS = SHARED / "seeds"
OURS = ROOT / "seeds"
NAME = "Báo cáo số 1.txt"


def test_a_document_with_its_spans(tmp_path: Path, sandbox: Sandbox) -> None:
    path = tmp_path / "news" / "one.md"
    path.parent.mkdir()
    path.write_text(
        "---\ntitle: A meeting\ndate: 2024-08-28\nsource: VNA\nurl: https://a.vn/b\n---\n"
        "# A meeting\n\nThe ministers met.\n\n## Results\n\nThey agreed.\n\n"
        "They shake hands. (Photo: VNA)\n",
        "utf-8",
    )
    text = (
        "A meeting\n\nThe ministers met.\n\nResults\n\nThey agreed.\n\n"
        "They shake hands. (Photo: VNA)"
    )
    (document,) = read(tmp_path, sandbox.parse).documents
    assert document == Document(
        name="news/one.md",
        text=text,
        title="A meeting",
        date="2024-08-28",
        source="VNA",
        url="https://a.vn/b",
        language="en",
        headings=(Heading(Span(0, 9)), Heading(Span(31, 38))),
        captions=(Span(54, 84),),
    )


def test_every_format_gives_a_document(tmp_path: Path, sandbox: Sandbox) -> None:
    word = docx.Document()
    word.add_paragraph("In Word.")
    word.save(str(tmp_path / "a.docx"))
    (tmp_path / "b.HTML").write_text("<p>On a page.</p>", "utf-8")
    (tmp_path / "c.md").write_text("In *Markdown*.", "utf-8")
    (tmp_path / "d.pdf").write_bytes(pdf(["In print."]))
    (tmp_path / "e.txt").write_text("In plain text.", "utf-8")
    collection = read(tmp_path, sandbox.parse)
    assert [(document.name, document.text) for document in collection.documents] == [
        ("a.docx", "In Word."),
        ("b.HTML", "On a page."),
        ("c.md", "In Markdown."),
        ("d.pdf", "In print."),
        ("e.txt", "In plain text."),
    ]


def test_documents_are_sorted_and_found_at_any_depth(tmp_path: Path, sandbox: Sandbox) -> None:
    for name in ("b.txt", "a/z.txt", "README.md", "a/b/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Text of {name}.", "utf-8")
    names = [document.name for document in read(tmp_path, sandbox.parse).documents]
    assert names == ["README.md", "a/b/c.txt", "a/z.txt", "b.txt"]


@pytest.mark.parametrize("name", [".hidden.txt", ".git/config.txt", "~$report.docx"])
def test_hidden_files_are_passed_over(folder: Path, name: str, sandbox: Sandbox) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("Hidden.", "utf-8")
    assert refused(folder, sandbox) == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_in_nfc_however_the_disk_has_them(
    tmp_path: Path, form: str, sandbox: Sandbox
) -> None:
    (tmp_path / unicodedata.normalize(form, NAME)).write_text("Hội nghị.", "utf-8")  # type: ignore[arg-type]
    assert [document.name for document in read(tmp_path, sandbox.parse).documents] == [NAME]


def test_names_alike_but_for_their_unicode_form(tmp_path: Path, sandbox: Sandbox) -> None:
    (tmp_path / unicodedata.normalize("NFC", NAME)).write_text("Một.", "utf-8")
    (tmp_path / unicodedata.normalize("NFD", NAME)).write_text("Hai.", "utf-8")
    collection = read(tmp_path, sandbox.parse)
    assert [document.name for document in collection.documents] == [NAME]
    assert collection.refused == (
        Refusal(NAME, "its name differs from another only in Unicode form; rename one"),
    )


def test_a_folder_that_is_not_there(tmp_path: Path, sandbox: Sandbox) -> None:
    with pytest.raises(CollectionError) as error:
        read(tmp_path / "no\nsuch", sandbox.parse)
    expected = f"There is no folder {tmp_path}/no\\nsuch; set SEEDS_DIR to your documents' folder."
    assert str(error.value) == expected


def test_an_empty_folder(tmp_path: Path, sandbox: Sandbox) -> None:
    (tmp_path / "inner").mkdir()
    with pytest.raises(CollectionError) as error:
        read(tmp_path, sandbox.parse)
    assert str(error.value) == (
        f"The folder {tmp_path} holds no document; put {', '.join(MAIN_SUFFIXES)} files"
        " there or set SEEDS_DIR."
    )


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        (
            "a.gif",
            b"GIF89a",
            f"its format cannot be read; save it as one of {', '.join(MAIN_SUFFIXES)}",
        ),
        ("a.pdf", pdf([]), "it holds no text; write some or remove it"),
        ("a.docx", b"PK\x03\x04", "it is damaged or no .docx file; save it again"),
        ("a.txt", b"N\xa8m nay", "its encoding cannot be told with certainty; save it as UTF-8"),
        (
            "a.md",
            b"---\ntitle: A meeting\n---\n",
            "it holds no text; write some or remove it",
        ),
        ("a.txt", b"", "it holds no text; write some or remove it"),
        ("a.txt", b"{keywords}\n", "it holds no text; write some or remove it"),
        ("two\nlines.txt", b"Text.", "its name holds control characters; rename it"),
        ("a\u202etxt.docx", b"Text.", "its name holds control characters; rename it"),
        ("z.txt", b"The  ministers\nmet.", "its text is that of good.txt; remove one of the two"),
    ],
)
def test_one_bad_file_is_refused_alone(
    folder: Path, name: str, data: bytes, reason: str, sandbox: Sandbox
) -> None:
    (folder / name).write_bytes(data)
    shown = name.replace("\n", "\\n").replace("\u202e", "\\u202e")
    assert refused(folder, sandbox) == [Refusal(shown, reason)]


def test_a_folder_may_be_named_like_a_file(folder: Path, sandbox: Sandbox) -> None:
    (folder / "folder.txt").mkdir()
    (folder / "folder.txt" / "inner.txt").write_text("They left.", "utf-8")
    names = [document.name for document in read(folder, sandbox.parse).documents]
    assert names == ["folder.txt/inner.txt", "good.txt"]


@contextmanager
def nested(folder: Path, name: str, levels: int) -> Iterator[None]:
    """Nest folders of one name with a file in the last; no library could remove them later."""
    before = Path.cwd()
    os.chdir(folder)
    for _ in range(levels):
        os.mkdir(name)
        os.chdir(name)
    Path("deep.txt").write_text("They left.", "utf-8")
    try:
        yield
    finally:
        Path("deep.txt").unlink()
        for _ in range(levels):
            os.chdir("..")
            os.rmdir(name)
        os.chdir(before)


def test_folders_nested_deeper_than_calls_can_be(folder: Path, sandbox: Sandbox) -> None:
    with nested(folder, "a", 1000):
        names = [document.name for document in read(folder, sandbox.parse).documents]
    assert names == [f"{'a/' * 1000}deep.txt", "good.txt"]


def test_a_path_longer_than_the_system_takes(folder: Path, sandbox: Sandbox) -> None:
    with nested(folder, "a" * 250, 17):
        (refusal,) = refused(folder, sandbox)
    assert refusal.name.endswith("a" * 250)
    assert refusal.reason == "it cannot be opened (File name too long); check its permissions"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")
def test_the_real_documents(sandbox: Sandbox) -> None:
    collection = read(SEEDS, sandbox.parse)
    assert collection.refused == ()
    assert [(d.name[:3], d.date, d.source, d.language) for d in collection.documents] == [
        ("000", "", "", "vi"),
        ("001", "2021-09", "", "vi"),
        ("002", "", "Vietnam News", "en"),
        ("003", "", "", "en"),
        ("004", "2022-08-23", "TTXVN", "vi"),
    ]


def test_our_own_documents_give_their_front_matter(sandbox: Sandbox) -> None:
    collection: FolderContents = read(OURS, sandbox.parse)
    assert collection.refused == ()
    assert all(d.title and d.date and d.source and d.language for d in collection.documents)


def test_nothing_is_logged_or_printed_about_odd_files(
    folder: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    sandbox: Sandbox,
) -> None:
    (folder / "a.pdf").write_bytes(pdf(["abc"])[:200])
    (folder / "b.html").write_bytes(b"<")
    (folder / "c.docx").write_bytes(io.BytesIO(b"PK").getvalue())
    with caplog.at_level("INFO"):
        assert len(refused(folder, sandbox)) == 3
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
