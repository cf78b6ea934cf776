"""What the doctor finds of the documents and the index."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.doctor.documents import document_findings
from bot.doctor.finding import Finding
from retrieval.collection.collection import Collection
from retrieval.divisions import divisions_in
from retrieval.encoding.encoder import Encoder
from retrieval.errors import EncoderError
from retrieval.library import Library
from retrieval.reading.parser import parse
from retrieval.reading.recognition.tesseract import Tesseract
from retrieval.reading.sandbox import Sandbox
from retrieval.settings import Limits, RetrievalSettings
from tests.helpers.mark_reranker import MarkReranker
from tests.helpers.postgres import PostgresServer
from tests.helpers.word_encoder import WordEncoder


@pytest.fixture(autouse=True)
def encoder(monkeypatch: pytest.MonkeyPatch) -> WordEncoder:
    """Encode without the model, and read files in this process."""
    encoder = WordEncoder()
    monkeypatch.setattr("bot.doctor.documents.load_encoder", lambda name: encoder)
    monkeypatch.setattr(Sandbox, "parse", lambda self, name, data: parse(name, data))
    return encoder


@pytest.fixture
def settings(tmp_path: Path) -> RetrievalSettings:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("They met in Hanoi.\n")
    return RetrievalSettings(seeds=tmp_path / "seeds", index=tmp_path / "index")


def test_an_index_that_holds(settings: RetrievalSettings, encoder: WordEncoder) -> None:
    settings = replace(settings, limits=Limits(ocr=False))
    Collection.open(settings, encoder)
    assert list(document_findings(settings)) == [
        Finding.good("documents", f"1 files in {settings.seeds}"),
        Finding.good("pictures of text", "not read: OCR=off"),
        Finding.good("encoder", encoder.identity),
        Finding.good("index", "1 documents, 1 passages"),
    ]


def test_documents_and_index_in_a_database(
    settings: RetrievalSettings, encoder: WordEncoder, pgvector: PostgresServer
) -> None:
    settings = replace(settings, collection_url=pgvector.new_database())
    *_, index = document_findings(settings)
    assert (index.state.value, index.said) == ("!", "none in COLLECTION_URL that holds")
    elsewhere = replace(settings, seeds=settings.seeds / "none")
    *_, index = document_findings(elsewhere)
    assert (index.state.value, index.said[:47]) == (
        "✗",
        "COLLECTION_URL holds no documents yet, and " + str(elsewhere.seeds)[:4],
    )
    Library(settings, encoder).reopen()
    for one in (settings, elsewhere):
        *_, index = document_findings(one)
        assert index == Finding.good("index", "1 documents, 1 passages")


def test_an_index_that_is_still_to_be_built(settings: RetrievalSettings) -> None:
    *_, index = document_findings(settings)
    assert (index.state.value, index.said) == ("!", f"none in {settings.index} that holds")
    assert not settings.index.exists()


def test_documents_that_have_changed_since(
    settings: RetrievalSettings, encoder: WordEncoder
) -> None:
    Collection.open(settings, encoder)
    (settings.seeds / "b.txt").write_text("They met again.\n")
    *_, index = document_findings(settings)
    assert index.advice == "the next start builds it; python -m retrieval index does so now"


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        (
            None,
            Finding.note(
                "LibreOffice",
                "not installed; 2 files of old formats need it",
                "install libreoffice-calc-nogui, libreoffice-writer-nogui",
            ),
        ),
        ("/bin/true", Finding.good("LibreOffice", "reads 2 files of old formats")),
    ],
)
def test_old_formats_need_libreoffice(
    settings: RetrievalSettings,
    monkeypatch: pytest.MonkeyPatch,
    program: str | None,
    expected: Finding,
) -> None:
    monkeypatch.setattr("retrieval.reading.formats.libreoffice._program", lambda: program)
    for name in ("a.DOC", "b.xls"):
        (settings.seeds / name).write_bytes(b"old")
    assert expected in list(document_findings(settings))


def test_files_that_were_not_read(settings: RetrievalSettings, encoder: WordEncoder) -> None:
    for number in range(6):
        (settings.seeds / f"{number}.docx").write_bytes(f"no zip {number}".encode())
    (settings.seeds / "a.md").write_text("---\ntitle: A\ndate: soon\n---\nThey met in Hue.\n")
    Collection.open(settings, encoder)
    named = [each for each in document_findings(settings) if each.state.value == "!"]
    damaged = "it is damaged or no .docx file; save it again"
    assert named == [
        *(Finding.note("left out", f"{number}.docx: {damaged}") for number in range(5)),
        Finding.note("left out", "1 more files", "python -m retrieval index names them all"),
        Finding.note(
            "read in part", "a.md: its front matter has no valid date; write it as 2021-09-29"
        ),
    ]


def test_a_folder_that_is_missing(tmp_path: Path) -> None:
    settings = RetrievalSettings(seeds=tmp_path / "none")
    (finding,) = document_findings(settings)
    assert finding == Finding.bad(
        "documents",
        f"There is no folder {tmp_path / 'none'}; set SEEDS_DIR to your documents' folder.",
    )


def test_a_folder_without_a_document(settings: RetrievalSettings) -> None:
    (settings.seeds / "a.txt").rename(settings.seeds / "a.exe")
    (finding,) = document_findings(settings)
    assert finding == Finding.bad(
        "documents",
        f"{settings.seeds} holds no file that can be read",
        "put documents there, or set SEEDS_DIR",
    )


def test_an_encoder_that_cannot_be_loaded(
    settings: RetrievalSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(name: str) -> Encoder:
        raise EncoderError("ENCODER=none cannot be loaded")

    monkeypatch.setattr("bot.doctor.documents.load_encoder", load)
    *_, finding = document_findings(settings)
    assert finding == Finding.bad("encoder", "ENCODER=none cannot be loaded")


def test_a_reranker_is_named(
    settings: RetrievalSettings, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    reranker = MarkReranker("Hanoi")
    monkeypatch.setattr("bot.doctor.documents.load_reranker", lambda name: reranker)
    Collection.open(settings, encoder, reranker)
    *_, named, index = document_findings(settings)
    assert named == Finding.good("reranker", "mark-Hanoi")
    assert index == Finding.good("index", "1 documents, 1 passages")


def test_a_reranker_that_cannot_be_loaded(settings: RetrievalSettings) -> None:
    *_, finding = document_findings(replace(settings, reranker="./none"))
    assert (finding.state.value, finding.about) == ("✗", "reranker")
    assert finding.said.startswith("RERANKER=./none cannot be loaded (")


def test_each_collection_has_its_index(settings: RetrievalSettings, encoder: WordEncoder) -> None:
    (settings.seeds / "press").mkdir()
    (settings.seeds / "press" / "b.txt").write_text("They met again.\n")
    file = settings.seeds.parent / "collections.toml"
    file.write_text("[collection.press]\nfolders = ['press']\n")
    divided = replace(settings, collections=file, limits=Limits(ocr=False))
    library = Library(divided, encoder)
    library.divide(divisions_in(file, settings.seeds))
    library.open_all()
    assert list(document_findings(divided)) == [
        Finding.good("collections", f"1 in {file}: press"),
        Finding.note("collections", "1 files and folders in none: a.txt"),
        Finding.good("documents", f"2 files in {settings.seeds}"),
        Finding.good("pictures of text", "not read: OCR=off"),
        Finding.good("encoder", encoder.identity),
        Finding.good("index", "1 documents, 1 passages in press"),
    ]


def test_a_mistake_in_the_file_of_collections(settings: RetrievalSettings) -> None:
    file = settings.seeds.parent / "collections.toml"
    file.write_text("[collection.press]\nfolders = ['press']\n")
    [finding] = document_findings(replace(settings, collections=file))
    assert finding.said == (
        f"COLLECTIONS={file}: [collection.press]: there is no folder 'press' in "
        f"SEEDS_DIR={settings.seeds}"
    )


@pytest.mark.parametrize(
    ("installed", "finding"),
    [
        (
            Tesseract("tesseract", "5.3.0"),
            Finding.good("pictures of text", "read by tesseract 5.3.0 vie+eng"),
        ),
        (
            None,
            Finding.note(
                "pictures of text",
                "not read",
                "install Tesseract (on Debian: tesseract-ocr and tesseract-ocr-vie)",
            ),
        ),
    ],
)
def test_whether_text_in_pictures_is_read(
    settings: RetrievalSettings,
    encoder: Encoder,
    monkeypatch: pytest.MonkeyPatch,
    installed: Tesseract | None,
    finding: Finding,
) -> None:
    monkeypatch.setattr(Tesseract, "installed", lambda: installed)
    assert finding in list(document_findings(settings))
