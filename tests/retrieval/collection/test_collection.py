"""Opening a collection: built when it must be, and only then."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from errno import ENOSPC
from pathlib import Path

import pytest

from retrieval.collection.collection import Collection
from retrieval.collection.index_folder import IndexFolder
from retrieval.documents import Document
from retrieval.encoding.encoder import Encoded
from retrieval.errors import CollectionError
from retrieval.index.array_file import ArrayFile
from retrieval.index.corpus import FileDocuments
from retrieval.reading.parser import parse
from retrieval.reading.recognition.tesseract import Tesseract
from retrieval.reading.sandbox import Sandbox
from retrieval.settings import Limits, RetrievalSettings
from tests.helpers.mark_reranker import MarkReranker
from tests.helpers.pdf_bytes import Drawn, drawn_pdf, lines_at
from tests.helpers.word_encoder import WordEncoder


@pytest.fixture(autouse=True)
def reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process; the tests of `Sandbox` read them in the other one."""
    monkeypatch.setattr(Sandbox, "parse", lambda self, name, data: parse(name, data))


@pytest.fixture
def settings(tmp_path: Path) -> RetrievalSettings:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text("ASEAN met Russia online. They spoke of piracy.\n")
    (seeds / "b.txt").write_text("Bộ trưởng Tô Lâm dự họp. Hội nghị bàn về an ninh.\n")
    return RetrievalSettings(seeds=seeds, index=tmp_path / "index")


def test_the_first_opening_builds_and_the_second_does_not(settings: RetrievalSettings) -> None:
    first = Collection.open(settings, WordEncoder())
    encoder = WordEncoder()
    second = Collection.open(settings, encoder)
    assert (first.built, second.built) == (True, False)
    assert encoder.encoded == []
    assert second.manifest == first.manifest
    assert (first.manifest.documents, first.manifest.passages, first.manifest.sentences) == (
        2,
        2,
        4,
    )
    assert [document.name for document in second.index.documents] == ["a.txt", "b.txt"]


def test_only_what_is_new_is_encoded(settings: RetrievalSettings) -> None:
    Collection.open(settings, WordEncoder())
    (settings.seeds / "c.txt").write_text("Brunei chaired the meeting.\n")
    (settings.seeds / "a.txt").unlink()
    encoder = WordEncoder()
    collection = Collection.open(settings, encoder)
    assert encoder.encoded == ["Brunei chaired the meeting."]
    assert [document.name for document in collection.index.documents] == ["b.txt", "c.txt"]


def test_only_what_is_new_is_parsed(
    settings: RetrievalSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Collection.open(settings, WordEncoder())
    (settings.seeds / "c.txt").write_text("Brunei chaired the meeting.\n")
    (settings.seeds / "a.txt").write_text("ASEAN met again. They spoke.\n")
    parsed: list[str] = []

    def counted(sandbox: Sandbox, name: str, data: bytes) -> Document:
        parsed.append(name)
        return parse(name, data)

    monkeypatch.setattr(Sandbox, "parse", counted)
    second = Collection.open(settings, WordEncoder())
    assert parsed == ["a.txt", "c.txt"]
    assert second.index.documents[1] == first.index.documents[1]
    assert [document.text for document in second.index.documents[::2]] == [
        "ASEAN met again. They spoke.",
        "Brunei chaired the meeting.",
    ]


def test_other_limits_are_tried(settings: RetrievalSettings) -> None:
    (settings.seeds / "c.txt").write_text("Brunei chaired the meeting." + "\n" * 1_000_000)
    strict = replace(settings, limits=Limits(max_file_mb=1))
    assert Collection.open(strict, WordEncoder()).manifest.refused == (
        "c.txt: it is larger than 1 MB; split it",
    )
    assert not Collection.open(strict, WordEncoder()).built
    assert Collection.open(replace(settings, limits=Limits(max_file_mb=2)), WordEncoder()).built


def test_documents_with_pictures_of_text_are_read_again_where_these_are_read_otherwise(
    settings: RetrievalSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Drawn(lines_at(60, 700, "They met in the reading room."))
    (settings.seeds / "c.pdf").write_bytes(drawn_pdf(page, Drawn([], picture=True)))
    parsed: list[str] = []

    def counted(sandbox: Sandbox, name: str, data: bytes) -> Document:
        parsed.append(name)
        return parse(name, data)

    monkeypatch.setattr(Sandbox, "parse", counted)
    found: list[Tesseract | None] = [None]
    monkeypatch.setattr(Tesseract, "installed", lambda: found[0])
    Collection.open(settings, WordEncoder())
    for version in ("5.3.0", "5.5.0"):
        found[0] = Tesseract("tesseract", version)
        parsed.clear()
        assert Collection.open(settings, WordEncoder()).built
        assert parsed == ["c.pdf"]
        assert not Collection.open(settings, WordEncoder()).built
    off = replace(settings, limits=Limits(ocr=False))
    assert Collection.open(off, WordEncoder()).manifest.origin.recognition == ""
    assert parsed == ["c.pdf", "c.pdf"]


def test_another_encoder_rebuilds(settings: RetrievalSettings) -> None:
    Collection.open(settings, WordEncoder())
    other = WordEncoder()
    other.identity = "words-2"
    assert Collection.open(settings, other).built
    assert len(other.encoded) == 6


def test_another_reranker_measures_the_levels_again(settings: RetrievalSettings) -> None:
    first, other = MarkReranker("Russia"), MarkReranker("Tô")
    plain = Collection.open(settings, WordEncoder())
    encoder = WordEncoder()
    assert Collection.open(settings, encoder, first).built
    assert not Collection.open(settings, encoder, first).built
    assert Collection.open(settings, encoder, other).built
    assert first.read and other.read
    assert encoder.encoded == []
    again = Collection.open(settings, encoder)
    assert again.built
    assert again.manifest == plain.manifest


@pytest.mark.parametrize(
    "name", ["documents.jsonl", "passages.faiss", "means.npz", "manifest.json"]
)
def test_a_damaged_index_is_built_again(
    settings: RetrievalSettings, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    Collection.open(settings, WordEncoder())
    (damaged,) = settings.index.rglob(name)
    damaged.write_bytes(damaged.read_bytes()[:20])
    encoder = WordEncoder()
    assert Collection.open(settings, encoder).built
    assert encoder.encoded == []
    assert f"will be built again: {name} is damaged" in caplog.text
    assert not Collection.open(settings, WordEncoder()).built


def test_a_stopped_build_leaves_the_old_index(settings: RetrievalSettings) -> None:
    Collection.open(settings, WordEncoder())
    (settings.seeds / "c.txt").write_text("Brunei chaired the meeting.\n")

    class Stopping(WordEncoder):
        def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Collection.open(settings, Stopping())
    (settings.seeds / "c.txt").unlink()
    assert not Collection.open(settings, WordEncoder()).built


def test_what_changed_while_another_process_built_is_taken_up(
    settings: RetrievalSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = IndexFolder.locked

    @contextmanager
    def late(folder: IndexFolder) -> Iterator[None]:
        with really(folder):
            (settings.seeds / "c.txt").write_text("Brunei chaired the meeting.\n")
            yield

    with monkeypatch.context() as waiting:
        waiting.setattr(IndexFolder, "locked", late)
        assert Collection.open(settings, WordEncoder()).manifest.documents == 3
    assert not Collection.open(settings, WordEncoder()).built


def test_refused_files_are_named_and_the_rest_indexed(settings: RetrievalSettings) -> None:
    (settings.seeds / "broken.docx").write_bytes(b"no zip")
    collection = Collection.open(settings, WordEncoder())
    assert collection.manifest.documents == 2
    (line,) = collection.manifest.refused
    assert line.startswith("broken.docx: ")
    assert Collection.open(settings, WordEncoder()).manifest.refused == (line,)


def test_refused_files_are_told_when_they_are_found(
    settings: RetrievalSettings, caplog: pytest.LogCaptureFixture
) -> None:
    (settings.seeds / "broken.docx").write_bytes(b"no zip")
    Collection.open(settings, WordEncoder())
    assert "Left out: broken.docx: " in caplog.text


def test_an_index_among_the_documents_is_told(settings: RetrievalSettings) -> None:
    inside = replace(settings, index=settings.seeds / "index")
    with pytest.raises(CollectionError, match="INDEX_DIR=.* lies among the documents"):
        Collection.open(inside, WordEncoder())


def test_an_index_that_cannot_be_written_is_told(settings: RetrievalSettings) -> None:
    (settings.index / "vectors.sqlite").mkdir(parents=True)
    with pytest.raises(CollectionError, match="Cannot write to INDEX_DIR="):
        Collection.open(settings, WordEncoder())


def test_a_full_disk_is_told_and_leaves_the_old_index(
    settings: RetrievalSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Collection.open(settings, WordEncoder())
    (settings.seeds / "c.txt").write_text("Brunei chaired the meeting.\n")

    def full(file: ArrayFile, rows: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    with monkeypatch.context() as filling, pytest.raises(CollectionError) as raised:
        filling.setattr(ArrayFile, "append", full)
        Collection.open(settings, WordEncoder())
    assert str(raised.value) == (
        f"Cannot write to INDEX_DIR={settings.index}: [Errno 28] No space left on device; "
        "make room, or name another folder."
    )
    assert len([path for path in settings.index.iterdir() if path.is_dir()]) == 1
    (settings.seeds / "c.txt").unlink()
    assert not Collection.open(settings, WordEncoder()).built


def test_a_folder_without_a_readable_document_is_told(settings: RetrievalSettings) -> None:
    for path in settings.seeds.iterdir():
        path.write_text("")
    with pytest.raises(CollectionError, match="SEEDS_DIR"):
        Collection.open(settings, WordEncoder())


def test_opening_a_live_index_reads_no_document(
    settings: RetrievalSettings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "---\ntitle: Fish\ndate: soon\n---\nTuna is caught off Phu Yen.\n"
    (settings.seeds / "fish.md").write_text(text)
    Collection.open(settings, WordEncoder())
    caplog.clear()

    def refuse(documents: FileDocuments, place: object) -> Document:
        raise AssertionError("a document is read")

    monkeypatch.setattr(FileDocuments, "__getitem__", refuse)
    assert not Collection.open(settings, WordEncoder()).built
    line = "Read in part: fish.md: its front matter has no valid date; write it as 2021-09-29"
    assert caplog.messages == [line]
