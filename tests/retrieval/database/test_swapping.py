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
from retrieval.database.reader import Reader
from retrieval.database.vector_search import Evidence, VectorSearch
from retrieval.index.arrays import Ids
from retrieval.library import Library
from retrieval.settings import RetrievalSettings
from tests.helpers.word_encoder import WordEncoder

READERS, QUESTIONS = 4, 250  # questions of each reader
PORTS = ("Tamsui", "Kaohsiung", "Haiphong", "Danang", "Manila", "Cebu", "Davao", "Jakarta")


def publish(settings: RetrievalSettings, edition: int, *ports: str, proof: int = 0) -> None:
    """Write the documents of these ports anew; each says of which edition and proof it is."""
    for port in ports:
        text = f"The harbour of {port} shipped rice and timber, says edition {edition}."
        (settings.seeds / f"{port}.txt").write_text(f"{text}\n\nProof {proof}.")


def editions(library: Library, port: str) -> set[str]:
    """Return the editions of the excerpts that answer a question."""
    answer = library.select().ask(f"What did the harbour of {port} ship?")
    assert f"harbour of {port}" in answer.hits[0].quote
    texts = [hit.document.text for hit in answer.hits]
    return {found[1] for text in texts if (found := re.search(r"edition (\d+)", text))}


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
    publish(settings, 0, *PORTS)
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
    """Publish editions, each with a second proof of one document, until it is over."""
    for edition in count(1):
        if is_over():
            return
        publish(settings, edition, *PORTS)
        library.reopen()
        publish(settings, edition, PORTS[edition % len(PORTS)], proof=1)
        library.reopen()
        yield edition


def test_a_document_that_changes_while_a_question_is_asked_is_found_as_it_is_now(
    settings: RetrievalSettings, reader: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    publishing = Library(settings, WordEncoder())
    publish(settings, 0, *PORTS)
    publishing.reopen()
    reader.reopen()
    really, calls = VectorSearch.evidence, count()

    def late(
        search: VectorSearch, reads: Reader, numbers: Ids, words: list[int]
    ) -> dict[int, Evidence]:
        if not next(calls):  # between the search and the reading of what it has found
            publish(settings, 0, PORTS[0], proof=1)
            publishing.reopen()
        return really(search, reads, numbers, words)

    monkeypatch.setattr(VectorSearch, "evidence", late)
    best = reader.select().ask(f"What did the harbour of {PORTS[0]} ship?").hits[0]
    assert best.document.name == f"{PORTS[0]}.txt"
    assert best.document.text.endswith("Proof 1.")
    assert next(calls) > 1
