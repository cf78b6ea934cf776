"""A retriever reopened: what has changed is answered from, and answers go on meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

import pytest

from retrieval.collection.collection import Collection
from retrieval.collection.manifest import Manifest
from retrieval.collection.uploads import Uploads, upload_name
from retrieval.documents import Document
from retrieval.errors import CollectionError
from retrieval.reading.formats import MAIN_SUFFIXES
from retrieval.reading.parse_cache import ParsedFile
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.retriever import Retriever
from retrieval.settings import RetrievalSettings
from tests.helpers.mark_reranker import MarkReranker
from tests.helpers.word_encoder import WordEncoder


@pytest.fixture(autouse=True)
def reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process; the tests of `Sandbox` read them in the other one."""
    monkeypatch.setattr(Sandbox, "parse", lambda self, name, data: parse(name, data))


@pytest.fixture
def settings(tmp_path: Path) -> RetrievalSettings:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("ASEAN met Russia online. They spoke of piracy.\n")
    return RetrievalSettings(seeds=tmp_path / "seeds", index=tmp_path / "index")


@pytest.fixture
def retriever(settings: RetrievalSettings) -> Retriever:
    encoder = WordEncoder()
    opened = Collection.open(settings, encoder)
    return Retriever(opened.index, encoder, settings, collection=opened)


def names(retriever: Retriever) -> list[str]:
    return [document.name for document in retriever.documents]


def best(retriever: Retriever, question: str) -> str:
    return retriever.ask(question).hits[0].document.name


def test_changes_are_taken_up(retriever: Retriever, settings: RetrievalSettings) -> None:
    (settings.seeds / "b.txt").write_text("Brunei chaired the meeting.\n")
    assert names(retriever) == ["a.txt"]
    retriever.reopen()
    assert best(retriever, "Who chaired the meeting?") == "b.txt"
    (settings.seeds / "a.txt").unlink()
    retriever.reopen()
    assert names(retriever) == ["b.txt"]


def test_an_upload_is_parsed_once(
    retriever: Retriever, settings: RetrievalSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    def counted(sandbox: Sandbox, name: str, data: bytes) -> Document:
        parsed.append(name)
        return parse(name, data)

    monkeypatch.setattr(Sandbox, "parse", counted)
    uploads, name, data = Uploads(settings), upload_name("b.txt"), b"Brunei chaired the meeting."
    upload = uploads.read(name, data)
    uploads.save(name, data)
    retriever.reopen(upload)
    assert parsed == [name]
    assert retriever.named(name) == upload.document
    assert best(retriever, "Who chaired the meeting?") == name


def test_an_upload_that_has_changed_since_is_parsed_again(
    retriever: Retriever, settings: RetrievalSettings
) -> None:
    uploads, name = Uploads(settings), upload_name("b.txt")
    upload = uploads.read(name, b"Brunei chaired the meeting.")
    uploads.save(name, b"Laos chaired the meeting.")
    retriever.reopen(upload)
    document = retriever.named(name)
    assert document
    assert document.text == "Laos chaired the meeting."


def test_documents_are_found_by_name_and_hash(retriever: Retriever) -> None:
    document = retriever.named("a.txt")
    assert document
    assert document.text == "ASEAN met Russia online. They spoke of piracy."
    assert retriever.with_hash(document.hash[:16]) == document
    assert retriever.named("b.txt") is None
    assert retriever.passage_count == 1


def test_a_reranker_reads_questions_before_and_after(settings: RetrievalSettings) -> None:
    encoder, reranker = WordEncoder(), MarkReranker("Brunei")
    index = Collection.open(settings, encoder, reranker).index
    retriever = Retriever(index, encoder, settings, reranker)
    reranker.read.clear()
    assert best(retriever, "Who met Russia?") == "a.txt"
    assert reranker.read == [
        ("Who met Russia?", ["ASEAN met Russia online. They spoke of piracy."])
    ]
    (settings.seeds / "b.txt").write_text("Brunei met Russia, too.\n")
    retriever.reopen()
    assert best(retriever, "Who met Russia?") == "b.txt"
    assert not Collection.open(settings, encoder, reranker).built


def test_a_failure_leaves_the_old_index(retriever: Retriever, settings: RetrievalSettings) -> None:
    (settings.seeds / "a.txt").unlink()
    with pytest.raises(CollectionError, match="holds no document"):
        retriever.reopen()
    assert best(retriever, "Who met Russia?") == "a.txt"


def test_questions_are_answered_meanwhile_and_reopening_waits_its_turn(
    retriever: Retriever, settings: RetrievalSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    building, answered = threading.Event(), threading.Event()
    opened: list[threading.Thread] = []
    really = Collection.open

    def slow(
        settings: RetrievalSettings,
        encoder: WordEncoder,
        reranker: None,
        parsed: Iterable[ParsedFile],
        *rest: object,
    ) -> Collection:
        assert opened == [] or answered.is_set()
        opened.append(threading.current_thread())
        building.set()
        assert answered.wait(timeout=20)
        return really(settings, encoder, reranker, parsed)

    monkeypatch.setattr(Collection, "open", slow)
    (settings.seeds / "b.txt").write_text("Brunei chaired the meeting.\n")
    threads = [threading.Thread(target=retriever.reopen) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert building.wait(timeout=20)
    assert best(retriever, "Who chaired the meeting?") == "a.txt"
    answered.set()
    for thread in threads:
        thread.join()
    assert sorted(map(id, opened)) == sorted(map(id, threads))
    assert best(retriever, "Who chaired the meeting?") == "b.txt"


def test_where_nothing_has_changed_nothing_is_opened_again(
    retriever: Retriever, settings: RetrievalSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[Path] = []
    monkeypatch.setattr(Manifest, "check", lambda manifest, folder, *names: loaded.append(folder))
    retriever.reopen()
    assert loaded == []
    (settings.seeds / "b.txt").write_text("Brunei chaired the meeting.\n")
    retriever.reopen()
    assert len(loaded) == 1  # to take over what was parsed before


def test_what_cannot_be_read_is_named_once(
    retriever: Retriever, settings: RetrievalSettings, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("b.exe", "c.exe"):
        (settings.seeds / name).write_text("Brunei chaired the meeting.\n")
        retriever.reopen()
    reason = "its format cannot be read; save it as one of " + ", ".join(MAIN_SUFFIXES)
    assert caplog.messages == [f"Left out: b.exe: {reason}", f"Left out: c.exe: {reason}"]


def test_a_file_that_is_still_written_stays_as_it_was(
    retriever: Retriever, settings: RetrievalSettings
) -> None:
    (settings.seeds / "a.txt").write_text("ASEAN met")  # and more to come
    (settings.seeds / "b.txt").write_text("Brunei chaired")
    (settings.seeds / "c.txt").write_text("Laos spoke of trade.\n")
    retriever.reopen(unfinished=frozenset({"a.txt", "b.txt"}))
    assert [one.text for one in retriever.documents] == [
        "ASEAN met Russia online. They spoke of piracy.",
        "Laos spoke of trade.",
    ]
    retriever.reopen()
    assert [one.text for one in retriever.documents] == [
        "ASEAN met",
        "Brunei chaired",
        "Laos spoke of trade.",
    ]


def test_an_index_without_a_folder_stays_as_it_is(
    retriever: Retriever, settings: RetrievalSettings
) -> None:
    alone = Retriever(Collection.open(settings, WordEncoder()).index, WordEncoder())
    (settings.seeds / "b.txt").write_text("Brunei chaired the meeting.\n")
    alone.reopen()
    assert names(alone) == ["a.txt"]


def test_new_documents_are_asked_alone(retriever: Retriever, settings: RetrievalSettings) -> None:
    before = retriever.digits
    (settings.seeds / "b.txt").write_text("Brunei chaired the meeting. They spoke of trade.\n")
    retriever.reopen()
    new = retriever.digits - before
    assert new == {retriever.documents[1].digits}
    asked = retriever.ask_among("Who met Russia online and spoke of piracy?", new)
    assert [hit.document.name for hit in asked.hits] == ["b.txt"]
    assert not asked.answered
    asked = retriever.ask_among("Who met Russia online and spoke of piracy?", before)
    assert [hit.document.name for hit in asked.hits] == ["a.txt"]
    assert retriever.ask_among("Who met Russia?", frozenset()).hits == ()
