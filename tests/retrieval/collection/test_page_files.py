"""Pictures of the files of an index: kept, refused for another file, found in any Unicode form."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest

from retrieval.collection.page_files import PageFiles
from retrieval.documents import Document, Span
from retrieval.page_pictures import PagePicture, QuotedWords
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import DrawingSandbox
from retrieval.refusals import Cause, UnreadableError
from retrieval.settings import RetrievalSettings
from tests.helpers.pdf_bytes import pdf

DATA = pdf(["The lamp was lit again before noon. They left."])
NAME = "from-chat/biên bản.pdf"
LIT = Span(0, 35)


@pytest.fixture
def document(tmp_path: Path) -> Document:
    (tmp_path / "from-chat").mkdir()
    (tmp_path / NAME).write_bytes(DATA)
    return parse(NAME, DATA)


@pytest.fixture
def files(tmp_path: Path) -> PageFiles:
    return PageFiles(RetrievalSettings(tmp_path), {NAME: hashlib.sha256(DATA).hexdigest()})


def cause(files: PageFiles, document: Document) -> Cause:
    with pytest.raises(UnreadableError) as error:
        files.pictures(document, LIT)
    return error.value.cause


def test_a_page_is_drawn_with_its_mark(files: PageFiles, document: Document) -> None:
    (picture,) = files.pictures(document, LIT)
    assert (picture.number, picture.is_marked) == (1, True)
    assert picture.jpeg.startswith(b"\xff\xd8")


def test_a_name_in_another_unicode_form_is_the_same_file(
    files: PageFiles, document: Document, tmp_path: Path
) -> None:
    (tmp_path / NAME).rename(tmp_path / unicodedata.normalize("NFD", NAME))
    assert files.pictures(document, LIT)[0].is_marked


def test_a_file_that_has_changed_is_not_drawn(
    files: PageFiles, document: Document, tmp_path: Path
) -> None:
    assert files.pictures(document, LIT)
    (tmp_path / NAME).write_bytes(DATA + b"\n")
    assert cause(files, document) is Cause.CHANGED


def test_a_file_that_is_gone_is_told(files: PageFiles, document: Document, tmp_path: Path) -> None:
    (tmp_path / NAME).unlink()
    assert cause(files, document) is Cause.NO_FILE
    (tmp_path / "from-chat").rmdir()
    assert cause(files, document) is Cause.NO_FILE


def test_a_link_out_of_the_folder_is_not_drawn(
    files: PageFiles, document: Document, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.pdf"
    (tmp_path / NAME).rename(outside)
    (tmp_path / NAME).symlink_to(outside)
    assert cause(files, document) is Cause.LINK


def test_the_latest_pictures_are_kept(
    files: PageFiles, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(_: DrawingSandbox, name: str, data: bytes, words: QuotedWords) -> tuple[PagePicture]:
        drawn.append(words.text)
        return (PagePicture(1, data, is_marked=True),)

    monkeypatch.setattr(DrawingSandbox, "draw", draw)
    for end in (3, 3, *range(4, 36), 3):
        files.pictures(document, Span(0, end))
    assert drawn.count("The") == 2
    assert len(drawn) == 34
