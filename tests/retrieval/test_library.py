"""Collections side by side: each with an index of its own, one encoder and one vector cache."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from retrieval.documents import Document
from retrieval.errors import CollectionError
from retrieval.library import Library
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.selection import Selection
from retrieval.settings import WHOLE, Division, RetrievalSettings
from tests.helpers.word_encoder import WordEncoder

PRESS = Division("press", "Báo chí", ("press",))
SPORTS = Division("sports", "Thể thao", ("sports", "results"))
TEXTS = {
    "press/a.txt": "ASEAN met Russia online. They spoke of piracy.\n",
    "sports/b.txt": "Viettel won the football cup. The keeper saved two.\n",
    "results/c.txt": "Hanoi lost the volleyball final in Vinh.\n",
}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RetrievalSettings:
    monkeypatch.setattr(Sandbox, "parse", lambda self, name, data: parse(name, data))
    for name, text in TEXTS.items():
        path = tmp_path / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return RetrievalSettings(seeds=tmp_path / "seeds", index=tmp_path / "index")


def opened(settings: RetrievalSettings, *divisions: Division) -> Library:
    library = Library(settings, WordEncoder())
    library.divide(divisions)
    library.open_all()
    return library


def names(selection: Selection) -> list[str]:
    return [document.name for document in selection.documents]


def found(selection: Selection, question: str) -> list[tuple[str, str]]:
    hits = selection.ask(question).hits
    return [(hit.document.name, hit.collection.title) for hit in hits]


def cached(settings: RetrievalSettings) -> int:
    with sqlite3.connect(settings.index / "vectors.sqlite") as connection:
        count: int = connection.execute("SELECT count(*) FROM texts").fetchone()[0]
    connection.close()
    return count


def test_without_divisions_all_is_one_collection_where_it_was(settings: RetrievalSettings) -> None:
    library = opened(settings)
    assert library.names == (WHOLE,)
    assert names(library.select()) == ["press/a.txt", "results/c.txt", "sports/b.txt"]
    assert (settings.index / "current").exists()
    assert not (settings.index / "collections").exists()
    assert found(library.select(), "Who met Russia?")[0] == ("press/a.txt", "")


def test_a_selection_reaches_nothing_else(settings: RetrievalSettings) -> None:
    library = opened(settings, PRESS, SPORTS)
    press, sports = library.select(["press"]), library.select(["sports"])
    assert names(press) == ["press/a.txt"]
    assert names(sports) == ["results/c.txt", "sports/b.txt"]
    assert found(press, "Who won the football cup?") == [("press/a.txt", "Báo chí")]
    other = sports.documents[0]
    assert press.named(other.name) is None
    assert press.with_hash(other.hash) is None
    assert press.passages(other) == ()
    assert sports.passages(other) != ()
    assert (press.passage_count, sports.passage_count) == (1, 2)


def test_several_are_asked_at_once_and_the_question_is_encoded_once(
    settings: RetrievalSettings,
) -> None:
    library = opened(settings, PRESS, SPORTS)
    both = library.select(["sports", "press"])
    encoder = library._searcher.encoder
    assert isinstance(encoder, WordEncoder)
    encoder.asked.clear()
    answer = both.ask("Who won the football cup?")
    assert encoder.asked == ["Who won the football cup"]
    assert (answer.hits[0].document.name, answer.answered) == ("sports/b.txt", True)
    assert answer.is_from_several
    assert [one.name for one in answer.collections] == ["press", "sports"]
    assert found(both, "Who met Russia?")[0] == ("press/a.txt", "Báo chí")
    assert names(both) == ["press/a.txt", "results/c.txt", "sports/b.txt"]
    assert both.documents[-1].name == "sports/b.txt"
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)


def test_one_of_several_is_answered_as_if_it_were_alone(settings: RetrievalSettings) -> None:
    library = opened(settings, PRESS, SPORTS)
    alone = Library(settings, WordEncoder())
    alone.divide([SPORTS])
    alone.open_all()
    question = "Who won the football cup?"
    assert library.select(["sports"]).ask(question) == alone.select(["sports"]).ask(question)


def test_nothing_is_selected_by_a_name_that_is_none(settings: RetrievalSettings) -> None:
    nothing = opened(settings, PRESS).select(["sports", WHOLE])
    answer = nothing.ask("Who met Russia?")
    assert (answer.hits, answer.answered, names(nothing)) == ((), False, [])
    assert nothing.examples("en") == ()


def test_a_vector_that_another_collection_uses_is_kept(settings: RetrievalSettings) -> None:
    library = opened(settings, PRESS, SPORTS)
    before = cached(settings)
    (settings.seeds / "press" / "a.txt").write_text("Brunei chaired the meeting.\n")
    library.reopen("press")
    assert cached(settings) < before
    encoder = WordEncoder()
    again = Library(settings, encoder)
    again.divide([PRESS, SPORTS])
    again.open_all()
    assert encoder.encoded == []
    (settings.seeds / "sports" / "b.txt").write_text("Hanoi lost the volleyball final in Vinh!\n")
    again.reopen("sports")
    assert encoder.encoded == ["Hanoi lost the volleyball final in Vinh!"]


def test_the_first_division_encodes_nothing_again(settings: RetrievalSettings) -> None:
    opened(settings)
    encoder = WordEncoder()
    library = Library(settings, encoder)
    library.divide([PRESS, SPORTS])
    library.open_all()
    assert encoder.encoded == []


def test_what_is_in_no_collection_is_named_once(
    settings: RetrievalSettings, caplog: pytest.LogCaptureFixture
) -> None:
    (settings.seeds / "loose.txt").write_text("Nobody reads this.\n")
    library = opened(settings, PRESS)
    assert caplog.messages == ["In no collection, and so not read: loose.txt, results, sports"]
    assert names(library.select(library.names)) == ["press/a.txt"]


def test_a_collection_may_be_empty(
    settings: RetrievalSettings, caplog: pytest.LogCaptureFixture
) -> None:
    (settings.seeds / "press" / "a.txt").unlink()
    library = opened(settings, PRESS, SPORTS)
    assert names(library.select(["press"])) == []
    assert any("The collection press is empty" in line for line in caplog.messages)
    (settings.seeds / "press" / "a.txt").write_text("Brunei chaired the meeting.\n")
    library.reopen("press")
    assert found(library.select(["press"]), "Who chaired?") == [("press/a.txt", "Báo chí")]
    (settings.seeds / "press" / "a.txt").unlink()
    library.reopen("press")
    assert names(library.select(["press"])) == []


def test_an_undivided_library_without_documents_is_an_error(settings: RetrievalSettings) -> None:
    for name in TEXTS:
        (settings.seeds / name).unlink()
    with pytest.raises(CollectionError, match="holds no document"):
        opened(settings)


def test_a_folder_that_changes_hands_is_read_by_nobody_until_it_is_opened(
    settings: RetrievalSettings,
) -> None:
    library = opened(settings, PRESS, SPORTS)
    wider = Division("press", "Báo chí", ("press", "results"))
    library.divide([wider, Division("sports", "Bóng đá", ("sports",))])
    assert names(library.select(library.names)) == []
    library.open_all()
    assert names(library.select(["press"])) == ["press/a.txt", "results/c.txt"]
    assert found(library.select(["sports"]), "Who won the cup?") == [("sports/b.txt", "Bóng đá")]


def test_another_title_is_taken_over_at_once(settings: RetrievalSettings) -> None:
    library = opened(settings, PRESS, SPORTS)
    library.divide([Division("press", "News", ("press",)), SPORTS])
    assert found(library.select(["press"]), "Who met Russia?") == [("press/a.txt", "News")]


def test_examples_are_found_once_for_each_choice(settings: RetrievalSettings) -> None:
    faq = "When did ASEAN meet Russia online?\n\nASEAN met Russia online on Monday.\n"
    (settings.seeds / "press" / "faq.md").write_text(faq)
    library = opened(settings, PRESS, SPORTS)
    press, sports = library.select(["press"]), library.select(["sports"])
    assert "When did ASEAN meet Russia online?" in press.examples("en")
    assert "When did ASEAN meet Russia online?" not in sports.examples("en")
    encoder = library._searcher.encoder
    assert isinstance(encoder, WordEncoder)
    encoder.asked.clear()
    assert library.select(["press"]).examples("en") == press.examples("en")
    assert encoder.asked == []


def test_the_same_text_in_two_collections_is_shown_from_both(settings: RetrievalSettings) -> None:
    text = TEXTS["press/a.txt"]
    (settings.seeds / "sports" / "copy.txt").write_text(text)
    library = opened(settings, PRESS, SPORTS)
    both = library.select(library.names)
    assert {name for name, _ in found(both, "Who met Russia?")[:2]} == {
        "press/a.txt",
        "sports/copy.txt",
    }
    document = both.with_hash(Document("", text.strip()).hash)
    assert document is not None
    assert document.name == "press/a.txt"
