"""Changed documents in a segment of their own: the same answers as from a whole build."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from retrieval.answers import Answer
from retrieval.collection import increment
from retrieval.collection.builder import IndexBuilder
from retrieval.collection.collection import Collection
from retrieval.collection.index_folder import IndexFolder
from retrieval.collection.segments import OpenSegments, Segments
from retrieval.index.file_index import FileIndex
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.retriever import Retriever
from retrieval.settings import Division, RetrievalSettings
from tests.helpers.word_encoder import WordEncoder

BASE = {
    f"{n:02}.txt": f"Harbour {n} counted {n + 20} boats. The keeper of pier {n} wrote a note."
    for n in range(40)
} | {"vi.txt": "Bến đò Sen Hạ mở cửa sáng nay. Xã chi tám trăm triệu đồng."}
REPORT = (
    "The orchards above Penhallow lost a third of their blossom to frost in the night. The growers "
    "had lit fires between the rows, but the wind took the smoke away before dawn came."
)
QUESTIONS = (
    "How many boats did harbour 7 count?",
    "Who wrote a note at pier 33?",
    "What did the orchards lose?",
    "Bến đò nào mở cửa?",
    "How many boats did Zanzibar count?",
)


@pytest.fixture(autouse=True)
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process, and put even small changes beside the index."""
    monkeypatch.setattr(Sandbox, "parse", lambda self, name, data: parse(name, data))
    monkeypatch.setattr(increment, "_SMALLEST", 1)


class Desk:
    """A folder of documents, and the index of it that a running program keeps open."""

    def __init__(self, folder: Path) -> None:
        self.settings = RetrievalSettings(seeds=folder / "seeds", index=folder / "index")
        self.settings.seeds.mkdir()
        for name, text in BASE.items():
            self.write(name, text)
        self.collection = Collection.open(self.settings, WordEncoder())

    def write(self, name: str, text: str) -> None:
        (self.settings.seeds / name).write_text(text, encoding="utf-8")

    def remove(self, name: str) -> None:
        (self.settings.seeds / name).unlink()

    def reopened(self) -> list[str]:
        """Take up what has changed; return the texts that were encoded."""
        encoder = WordEncoder()
        self.collection = Collection.open(self.settings, encoder, current=self.collection)
        return encoder.encoded

    @property
    def opened(self) -> OpenSegments:
        return opened_of(self.collection)

    def names(self) -> list[str]:
        return [one.name for one in self.collection.index.documents]

    def answers(self, collection: Collection | None = None) -> list[Answer]:
        index = (collection or self.collection).index
        retriever = Retriever(index, WordEncoder())
        return [retriever.ask(question) for question in QUESTIONS]

    def whole(self, folder: Path) -> Collection:
        """Return a whole build of the same documents."""
        settings = RetrievalSettings(seeds=self.settings.seeds, index=folder)
        return Collection.open(settings, WordEncoder())

    def folders(self) -> set[Path]:
        return {path for path in self.settings.index.iterdir() if path.is_dir()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def opened_of(collection: Collection) -> OpenSegments:
    assert collection.opened
    return collection.opened


def index_of(collection: Collection) -> FileIndex:
    return opened_of(collection).whole


def first_hits(answers: Sequence[Answer]) -> list[tuple[str, str, str]]:
    return [
        (answer.outcome.value, hit.document.name, hit.passage.text)
        for answer in answers
        for hit in answer.hits[:1]
    ]


def test_a_changed_document_is_found_and_its_old_version_is_not(desk: Desk) -> None:
    before = desk.folders()
    desk.write("07.txt", "Harbour 7 counted 999 boats. Zanzibar counted none.")
    assert len(desk.reopened()) == 3  # a passage and its two sentences
    assert before < desk.folders()
    quotes = [hit.document.text for answer in desk.answers() for hit in answer.hits]
    assert any("counted 999 boats" in quote for quote in quotes)
    assert not any("counted 27 boats" in quote for quote in quotes)
    assert desk.names() == sorted(BASE)


def test_what_has_not_changed_is_not_written_again(desk: Desk) -> None:
    (base,) = desk.folders()
    written = {path: path.stat().st_mtime_ns for path in base.rglob("*")}
    desk.write("07.txt", "Harbour 7 counted 999 boats.")
    desk.reopened()
    assert {path: path.stat().st_mtime_ns for path in base.rglob("*")} == written


def test_the_answers_are_those_of_a_whole_build(desk: Desk, tmp_path: Path) -> None:
    desk.write("07.txt", "Harbour 7 counted 999 boats. Zanzibar counted none.")
    desk.write("orchard.txt", REPORT)
    desk.remove("33.txt")
    desk.reopened()
    whole = desk.whole(tmp_path / "whole")
    assert desk.names() == [one.name for one in whole.index.documents]
    answers, expected = desk.answers(), desk.answers(whole)
    assert first_hits(answers) == first_hits(expected)
    scores = [
        [hit.score for answer in each for hit in answer.hits[:1]] for each in (answers, expected)
    ]
    np.testing.assert_allclose(scores[0], scores[1], atol=0.05)


def test_the_numbers_are_those_of_a_whole_build(desk: Desk, tmp_path: Path) -> None:
    desk.write("07.txt", "Harbour 7 counted 999 boats.")
    desk.write("extra.txt", "A lamp was lit. The keeper slept.")
    desk.remove("12.txt")
    desk.reopened()
    found, expected = map(index_of, (desk.collection, desk.whole(tmp_path / "whole")))
    assert list(found.documents) == list(expected.documents)
    assert list(found.passages) == list(expected.passages)
    assert found.sentence_count == expected.sentence_count
    corpora = found.files.corpus, expected.files.corpus
    assert corpora[0].languages.tolist() == corpora[1].languages.tolist()
    assert corpora[0].passage_of_sentence.tolist() == corpora[1].passage_of_sentence.tolist()
    every = np.arange(found.passage_count)
    vectors = [one.files.passage_vectors.get(every) for one in (found, expected)]
    assert (vectors[0] * vectors[1]).sum(axis=1).min() > 0.99
    assert found.files.passage_vectors.get(every[:0]).shape == (0, 256)
    assert found.documents.with_hash(found.documents[3].hash) == found.documents[3]


def test_a_removed_document_is_never_quoted(desk: Desk) -> None:
    desk.remove("07.txt")
    assert desk.reopened() == []
    assert "07.txt" not in desk.names()
    assert all(hit.document.name != "07.txt" for one in desk.answers() for hit in one.hits)
    assert desk.collection.index.documents.named("07.txt") is None
    desk.write("07.txt", BASE["07.txt"])
    desk.reopened()
    assert desk.answers()[0].hits[0].document.name == "07.txt"


def test_change_after_change_takes_up_the_newest_segment(desk: Desk) -> None:
    for number in (3, 4, 5):
        desk.write(f"{number:02}.txt", f"Harbour {number} counted 999 boats.")
        assert len(desk.reopened()) == 1
        assert len(desk.opened.segments) == 2
    assert len(desk.folders()) == 3  # the two segments, and what joins them
    texts = [desk.collection.index.documents[number].text for number in (3, 4, 5)]
    assert texts == [f"Harbour {number} counted 999 boats." for number in (3, 4, 5)]


def test_a_larger_newest_segment_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(increment, "_TAKEN_UP_FROM", 0)
    for number in (3, 4, 5):
        desk.write(f"{number:02}.txt", f"Harbour {number} counted 999 boats.")
        desk.reopened()
    assert len(desk.opened.segments) == 4
    assert desk.names() == sorted(BASE)
    desk.write("03.txt", BASE["03.txt"])  # its segment holds nothing else
    desk.reopened()
    assert len(desk.opened.segments) == 4
    assert desk.collection.index.documents[3].text == BASE["03.txt"]


def test_a_process_that_starts_opens_the_same_index(desk: Desk) -> None:
    desk.write("07.txt", "Harbour 7 counted 999 boats.")
    desk.reopened()
    opened = Collection.open(desk.settings, WordEncoder())
    assert not opened.built
    assert desk.answers(opened) == desk.answers()
    desk.write("08.txt", "Harbour 8 counted 999 boats.")
    encoder = WordEncoder()
    again = Collection.open(desk.settings, encoder)
    assert again.built
    assert encoder.encoded == ["Harbour 8 counted 999 boats."]
    assert len(opened_of(again).segments) == 2


def test_where_a_fifth_has_changed_the_whole_is_built(desk: Desk, tmp_path: Path) -> None:
    for number in range(9):
        desk.write(f"{number:02}.txt", f"Harbour {number} counted 999 boats.")
    desk.reopened()
    assert len(desk.opened.segments) == 1
    assert desk.folders() == {desk.opened.live}
    whole = desk.whole(tmp_path / "whole")
    assert contents(desk.opened.live) == contents(opened_of(whole).live)


def test_a_new_language_makes_a_whole_build(desk: Desk) -> None:
    desk.write("de.txt", "Der Hafen zählte im Herbst die Boote, und der Wärter schrieb alles auf.")
    desk.reopened()
    assert len(desk.opened.segments) == 1


@pytest.mark.parametrize("damaged", ["base", "new", "joined"])
def test_damage_in_any_segment_makes_a_whole_build(desk: Desk, damaged: str) -> None:
    desk.write("07.txt", "Harbour 7 counted 999 boats.")
    desk.reopened()
    base, new = desk.opened.segments
    folder = {"base": base, "new": new, "joined": desk.opened.live}[damaged]
    name = "order.npy" if damaged == "joined" else "tokens.npy"
    data = bytearray((folder / name).read_bytes())
    data[-1] ^= 1
    (folder / name).write_bytes(data)
    opened = Collection.open(desk.settings, WordEncoder())
    assert opened.built
    assert len(opened_of(opened).segments) == 1


def test_a_missing_segment_makes_a_whole_build(desk: Desk) -> None:
    desk.write("07.txt", "Harbour 7 counted 999 boats.")
    desk.reopened()
    shutil.rmtree(next(iter(desk.opened.segments)))
    opened = Collection.open(desk.settings, WordEncoder())
    assert len(opened_of(opened).segments) == 1
    assert [one.name for one in opened.index.documents] == sorted(BASE)


def test_the_same_report_is_known_across_segments(desk: Desk, tmp_path: Path) -> None:
    desk.write("frost.txt", REPORT)
    desk.collection = desk.whole(desk.settings.index)
    desk.write("frost-again.md", f"# Frost\n\n{REPORT}")
    desk.reopened()
    assert len(desk.opened.segments) == 2
    whole = desk.whole(tmp_path / "whole")
    for index in (desk.collection.index, whole.index):
        document = index.documents.named("frost.txt")
        assert document
        assert [one.name for one in index.also_in(document)] == ["frost-again.md"]


def test_a_failing_segment_leaves_the_live_index(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = IndexFolder(desk.settings.index).live()
    desk.write("07.txt", "Harbour 7 counted 999 boats.")

    def fail(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(IndexBuilder, "build_segment", fail)
        desk.reopened()
    assert IndexFolder(desk.settings.index).live() == live
    assert len(desk.reopened()) == 1


def test_collections_keep_the_vectors_of_all_segments(desk: Desk) -> None:
    north = desk.settings.seeds / "north"
    north.mkdir()
    for name, text in BASE.items():
        (north / name).write_text(f"To the north: {text}", encoding="utf-8")
    settings = desk.settings.of(Division("north", "North", ("north",)))
    first = Collection.open(settings, WordEncoder())
    (north / "07.txt").write_text("The gulls left this harbour in May.", encoding="utf-8")
    second = Collection.open(settings, WordEncoder(), current=first)
    assert len(opened_of(second).segments) == 2
    before, after = (Segments.of(opened_of(one).live).used for one in (first, second))
    assert before
    assert after
    assert len(after.beginnings) == len(before.beginnings) + 1


def contents(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
