"""The one way to ask: what people ask again is not encoded again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from retrieval.answers import Courtesy
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


def test_a_courtesy_and_a_follow_up_of_nothing_are_not_searched_for(
    retriever: Retriever, encoder: WordEncoder
) -> None:
    greeting, alone = retriever.ask("Good morning!"), retriever.ask("What about Brunei?")
    assert (greeting.courtesy, greeting.hits, greeting.answered) == (Courtesy.GREETING, (), False)
    assert (alone.incomplete, alone.hits, alone.answered) == (True, (), False)
    assert encoder.asked == []


def test_a_follow_up_is_asked_with_what_it_leaves_out(
    retriever: Retriever, encoder: WordEncoder
) -> None:
    answer = retriever.ask("And Brunei?", previous="Who met Russia online?")
    assert answer.understood == answer.restored == "Who met Brunei online?"
    assert encoder.asked == ["Who met Brunei online"]


def test_examples_are_answered_and_found_once(
    retriever: Retriever, encoder: WordEncoder, tmp_path: Path
) -> None:
    faq = "When did ASEAN meet Russia online?\n\nASEAN met Russia online on Monday.\n"
    (tmp_path / "seeds" / "faq.md").write_text(faq)
    retriever.reopen()
    encoder.asked.clear()
    found = retriever.examples("en")
    assert "When did ASEAN meet Russia online?" in found
    assert all(retriever.ask(question).answered for question in found)
    asked = len(encoder.asked)
    assert retriever.examples("en") == found
    assert len(encoder.asked) == asked


def test_days_are_counted_from_today(tmp_path: Path, encoder: WordEncoder) -> None:
    settings = RetrievalSettings(seeds=tmp_path / "seeds", index=tmp_path / "index")
    settings.seeds.mkdir()
    for year in (2022, 2023):
        text = f"---\ndate: {year}-05-02\n---\nTea fell to {year} dong. Tea is green.\n"
        (settings.seeds / f"{year}.md").write_text(text)
    index = Collection.open(settings, encoder).index
    retriever = Retriever(index, encoder, settings, today=lambda: date(2024, 1, 15))
    answer = retriever.ask("news since last year about tea")
    assert answer.restored == "news about tea after:2023"
    assert [hit.document.name for hit in answer.hits] == ["2023.md"]
    followed = retriever.ask("and in 2022?", previous=answer.restored)
    assert [hit.document.name for hit in followed.hits] == ["2022.md"]
    assert retriever.ask("green tea after:2024").outside
