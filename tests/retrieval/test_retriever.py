"""The one way to ask: what people ask again is not encoded again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from retrieval.collection.collection import Collection
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.retriever import Retriever
from retrieval.settings import RetrievalSettings
from tests.helpers.word_encoder import WordEncoder

QUESTION = "Who met Russia?"


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> WordEncoder:
    # Files are read in this process: test_sandbox sees to the other one.
    monkeypatch.setattr(Sandbox, "parse", lambda self, name, data: parse(name, data))
    return WordEncoder()


@pytest.fixture
def retriever(tmp_path: Path, encoder: WordEncoder) -> Retriever:
    settings = RetrievalSettings(seeds=tmp_path / "seeds", index=tmp_path / "index")
    settings.seeds.mkdir()
    (settings.seeds / "a.txt").write_text("ASEAN met Russia online. They spoke of piracy.\n")
    found = Retriever(Collection.open(settings, encoder).index, encoder, settings)
    encoder.asked.clear()  # the questions that an index is calibrated by
    return found


def test_the_same_question_is_encoded_once_and_answered_alike(
    retriever: Retriever, encoder: WordEncoder
) -> None:
    first = retriever.ask(QUESTION)
    with ThreadPoolExecutor(4) as threads:
        again = list(threads.map(retriever.ask, [QUESTION] * 20))
    assert encoder.asked == ["Who met Russia"]
    assert [answer.hits for answer in again] == [first.hits] * 20
    retriever.ask("Who spoke?")
    assert encoder.asked == ["Who met Russia", "Who spoke"]


def test_a_documents_passages_are_those_of_the_index(retriever: Retriever, tmp_path: Path) -> None:
    (document,) = retriever.documents
    (passage,) = retriever.passages(document)
    assert passage == retriever.ask(QUESTION).hits[0].passage
    (tmp_path / "seeds" / "a.txt").write_text("Brunei chaired the meeting.\n")
    retriever.reopen()
    assert retriever.passages(document) == ()


def test_it_is_not_encoded_again_where_the_documents_have_changed(
    retriever: Retriever, encoder: WordEncoder, tmp_path: Path
) -> None:
    retriever.ask(QUESTION)
    (tmp_path / "seeds" / "b.txt").write_text("Brunei chaired the meeting.\n")
    retriever.reopen()
    encoder.asked.clear()
    assert retriever.ask(QUESTION).hits[0].document.name == "a.txt"
    assert encoder.asked == []
