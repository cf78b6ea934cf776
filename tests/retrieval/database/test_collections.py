"""Collections in a database: who writes, who reads, and what is noticed of others."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.collection.uploads import Uploads
from retrieval.database import news
from retrieval.database.connection import Database
from retrieval.database.generation import Version
from retrieval.errors import CollectionError, NoDocumentError
from retrieval.library import Library
from retrieval.settings import Division, Limits, RetrievalSettings
from tests.helpers.word_encoder import WordEncoder

Opens = Callable[[RetrievalSettings], Library]


@pytest.fixture(autouse=True)
def _attentive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look up at each question what others have written."""
    monkeypatch.setattr(news, "_LOOKED", 0.0)


def opened(settings: RetrievalSettings, *divisions: Division) -> Library:
    library = Library(settings, WordEncoder())
    library.divide(divisions)
    library.open_all()
    return library


def elsewhere(settings: RetrievalSettings, tmp_path: Path) -> RetrievalSettings:
    """Return the settings of another machine, which has no documents."""
    return replace(settings, seeds=tmp_path / "none", index=tmp_path / "other")


def names(library: Library, *collections: str) -> list[str]:
    selection = library.select(collections or library.names)
    return [document.name for document in selection.documents]


def best(library: Library, question: str) -> str:
    return library.select(library.names).ask(question).hits[0].document.name


def test_one_machine_writes_and_another_reads(settings: RetrievalSettings, tmp_path: Path) -> None:
    writer = opened(settings)
    reader = opened(elsewhere(settings, tmp_path))
    assert names(writer) == names(reader) == ["a.txt", "b.txt"]
    assert best(reader, "Who met Russia?") == best(writer, "Who met Russia?") == "a.txt"
    assert not (tmp_path / "other").exists()


def test_a_machine_that_only_reads_takes_up_what_changes(
    settings: RetrievalSettings, tmp_path: Path
) -> None:
    writer, reader = opened(settings), opened(elsewhere(settings, tmp_path))
    (settings.seeds / "c.txt").write_text("Brunei chaired the meeting on fisheries.\n")
    writer.reopen()
    assert best(reader, "Who chaired the meeting on fisheries?") == "c.txt"
    (settings.seeds / "a.txt").unlink()
    writer.reopen()
    assert names(reader) == names(writer) == ["b.txt", "c.txt"]


def test_nothing_is_written_where_nothing_has_changed(settings: RetrievalSettings) -> None:
    first = opened(settings).reopen()
    second = Library(settings, WordEncoder())
    again = second.reopen()
    assert first and again
    assert not again.built
    assert second.reopen() is again


def test_a_machine_without_documents_needs_somebody_who_has_some(
    settings: RetrievalSettings, tmp_path: Path
) -> None:
    with pytest.raises(NoDocumentError) as raised:
        opened(elsewhere(settings, tmp_path))
    assert str(raised.value) == (
        f"COLLECTION_URL holds no documents yet, and {tmp_path}/none none to make a collection "
        "of; set SEEDS_DIR to your documents' folder."
    )


def test_a_machine_without_documents_takes_none_from_the_chat(
    settings: RetrievalSettings, tmp_path: Path
) -> None:
    opened(settings)
    (tmp_path / "none").mkdir()
    uploads = Uploads(elsewhere(settings, tmp_path))
    with pytest.raises(OSError, match="the documents are kept on another machine"):
        uploads.save("from-chat/new.txt", b"Laos chaired the meeting.")
    Uploads(settings).save("from-chat/new.txt", b"Laos chaired the meeting.")


def test_the_last_document_stays_as_with_files(settings: RetrievalSettings) -> None:
    library = opened(settings)
    for path in settings.seeds.iterdir():
        path.unlink()
    with pytest.raises(NoDocumentError):
        library.reopen()
    assert names(library) == ["a.txt", "b.txt"]


def test_another_encoder_is_told_once_and_not_searched_with(
    settings: RetrievalSettings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    writer, reader = opened(settings), opened(elsewhere(settings, tmp_path))
    other = WordEncoder()
    other.identity = "words-2"
    assert Library(settings, other).reopen()
    with caplog.at_level(logging.WARNING):
        assert [best(reader, "Who met Russia?") for _ in range(2)] == ["a.txt"] * 2
    assert caplog.messages == [
        "COLLECTION_URL: the collection was made with words-2 as ENCODER, and here it is words-1; "
        "set ENCODER as it is where the documents are."
    ]
    with pytest.raises(CollectionError):
        opened(elsewhere(settings, tmp_path))
    assert writer.reopen()  # who has the documents builds again


def test_each_collection_has_a_generation_of_its_own(
    settings: RetrievalSettings, tmp_path: Path
) -> None:
    desks = [Division(name, name.title(), (name,)) for name in ("sea", "air")]
    for desk in desks:
        (settings.seeds / desk.name).mkdir()
    (settings.seeds / "sea" / "a.txt").write_text("The ferry sails at dawn.\n")
    (settings.seeds / "air" / "b.txt").write_text("The airship lands at noon.\n")
    writer, reader = opened(settings, *desks), opened(elsewhere(settings, tmp_path), *desks)
    assert names(reader, "sea") == ["sea/a.txt"]
    assert names(reader, "air") == ["air/b.txt"]
    shutil.rmtree(settings.seeds / "air")
    assert writer.reopen("air") is None
    assert names(reader, "air") == names(writer, "air") == []
    (settings.seeds / "air").mkdir()
    (settings.seeds / "air" / "c.txt").write_text("The glider lands at dusk.\n")
    writer.reopen("air")
    assert names(reader) == ["sea/a.txt", "air/c.txt"]


def test_the_database_may_go_away_and_come_back(
    settings: RetrievalSettings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    library = opened(settings)

    def away(_: object) -> None:
        raise CollectionError("COLLECTION_URL: the server is away")

    with monkeypatch.context() as broken, caplog.at_level(logging.WARNING):
        broken.setattr(news, "versions", away)
        assert [best(library, "Who met Russia?") for _ in range(2)] == ["a.txt"] * 2
    assert caplog.messages == ["COLLECTION_URL: the server is away"]
    (settings.seeds / "c.txt").write_text("Brunei chaired the meeting on fisheries.\n")
    opened(settings)
    assert best(library, "Who chaired the meeting on fisheries?") == "c.txt"


async def test_an_event_loop_does_not_wait_for_the_database(
    settings: RetrievalSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = await asyncio.to_thread(opened, settings)
    looked: list[object] = []

    def versions(database: Database) -> dict[str, Version]:
        looked.append(database)
        return {}

    monkeypatch.setattr(news, "versions", versions)
    assert library.select().passage_count == 2
    assert looked == []
    assert await asyncio.to_thread(lambda: library.select().passage_count) == 2
    assert len(looked) == 1


def test_unfinished_files_stay_as_they_were(settings: RetrievalSettings) -> None:
    library = opened(settings)
    (settings.seeds / "a.txt").write_text("ASEAN met Ru")
    (settings.seeds / "c.txt").write_text("Brunei chai")
    library.reopen(unfinished=frozenset(("a.txt", "c.txt")))
    assert names(library) == ["a.txt", "b.txt"]
    assert best(library, "Who met Russia online?") == "a.txt"
    library.reopen()
    assert names(library) == ["a.txt", "b.txt", "c.txt"]


def test_other_limits_build_again(settings: RetrievalSettings) -> None:
    opened(settings)
    other = Library(replace(settings, limits=Limits(max_file_mb=2)), WordEncoder()).reopen()
    assert other
    assert other.built
