"""Generations swapped and changed while questions are asked: each answer is of one state."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from retrieval.database import news, writer
from retrieval.library import Library
from retrieval.settings import RetrievalSettings
from tests.helpers.word_encoder import WordEncoder

READERS, QUESTIONS = 4, 250  # questions of each reader
PORTS = ("Tamsui", "Kaohsiung", "Haiphong", "Danang", "Manila", "Cebu", "Davao", "Jakarta")


def publish(settings: RetrievalSettings, edition: int) -> None:
    """Write all documents anew; each says of which edition it is."""
    for port in PORTS:
        text = f"The harbour of {port} shipped rice and timber, says edition {edition}."
        (settings.seeds / f"{port}.txt").write_text(text)


def editions(library: Library, port: str) -> set[str]:
    """Return the editions of the excerpts that answer a question."""
    answer = library.select().ask(f"What did the harbour of {port} ship?")
    assert f"harbour of {port}" in answer.hits[0].quote
    quotes = [hit.quote for hit in answer.hits if "note" not in hit.document.name]
    return {found[1] for quote in quotes if (found := re.search(r"edition (\d+)", quote))}


@pytest.fixture
def reader(settings: RetrievalSettings, tmp_path: Path) -> Library:
    """Return the library of another machine, which has no documents."""
    return Library(
        replace(settings, seeds=tmp_path / "none", index=tmp_path / "other"), WordEncoder()
    )


def test_each_answer_is_of_one_generation(
    settings: RetrievalSettings, reader: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "_LOOKED", 0.05)
    monkeypatch.setattr(writer, "GRACE", 5)  # so that old generations go while it runs
    publishing = Library(settings, WordEncoder())
    publish(settings, 0)
    publishing.reopen()
    reader.reopen()

    def ask(first: int) -> list[set[str]]:
        return [editions(reader, PORTS[n % len(PORTS)]) for n in range(first, first + QUESTIONS)]

    with ThreadPoolExecutor(READERS) as threads:
        asking = [threads.submit(ask, number) for number in range(READERS)]
        built = list(_published(settings, publishing, lambda: all(one.done() for one in asking)))
    found = [each for one in asking for each in one.result()]
    assert len(found) == READERS * QUESTIONS
    assert {len(each) for each in found} == {1}
    assert len(set.union(*found)) > 1
    assert len(built) > 2


def _published(
    settings: RetrievalSettings, library: Library, is_over: Callable[[], bool]
) -> Iterator[int]:
    """Publish editions, with a note that comes and one that goes between them, until it is over."""
    for edition in count(1):
        if is_over():
            return
        note = settings.seeds / "note.txt"
        note.write_text(f"The pilot of note {edition} was ill.")
        library.reopen()
        publish(settings, edition)
        library.reopen()
        note.unlink()
        library.reopen()
        yield edition
