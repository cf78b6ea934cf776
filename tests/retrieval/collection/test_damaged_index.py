"""Truncations and flipped bits anywhere in the index's folder: the answer is right all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.collection.collection import Collection
from retrieval.collection.index_folder import IndexFolder
from retrieval.collection.manifest import FORMAT
from retrieval.index import tokens as module
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.retriever import Retriever
from retrieval.settings import RetrievalSettings
from tests.helpers.mutations import Mutations
from tests.helpers.word_encoder import WordEncoder

ENGLISH = "ASEAN met Russia online. They spoke of piracy."
VIETNAMESE = "Bộ trưởng Tô Lâm dự họp. Hội nghị bàn về an ninh."

Damage = Callable[[Mutations, bytes], bytes]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RetrievalSettings:
    """Give a small collection, read in this process."""
    monkeypatch.setattr(Sandbox, "parse", lambda self, name, data: parse(name, data))
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "seeds" / "b.txt").write_text(VIETNAMESE, encoding="utf-8")
    return RetrievalSettings(seeds=tmp_path / "seeds", index=tmp_path / "index")


def live(settings: RetrievalSettings) -> Path:
    folder = IndexFolder(settings.index).live()
    assert folder
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def open_and_ask(settings: RetrievalSettings) -> Collection:
    """Open the index and see that its documents and an answer are right."""
    collection = Collection.open(settings, WordEncoder())
    assert [document.text for document in collection.index.documents] == [ENGLISH, VIETNAMESE]
    best = Retriever(collection.index, WordEncoder()).ask("Who spoke of piracy?").hits[0]
    assert (best.document.name, best.highlight.of(ENGLISH)) == ("a.txt", "They spoke of piracy.")
    return collection


@pytest.mark.parametrize("damage", [Mutations.flipped, Mutations.half_written, Mutations.truncated])
def test_damage_in_any_file_of_the_index(settings: RetrievalSettings, damage: Damage) -> None:
    Collection.open(settings, WordEncoder())
    sound = contents(live(settings))
    mutations = Mutations(seed=7)
    for name in filter(sound.get, sound):
        (live(settings) / name).write_bytes(damage(mutations, sound[name]))
        assert open_and_ask(settings).built, name
        assert contents(live(settings)) == sound


@pytest.mark.parametrize("name", ["documents.jsonl", "manifest.json"])
def test_a_file_of_the_index_is_missing(settings: RetrievalSettings, name: str) -> None:
    Collection.open(settings, WordEncoder())
    sound = contents(live(settings))
    (live(settings) / name).unlink()
    assert open_and_ask(settings).built
    assert contents(live(settings)) == sound


@pytest.mark.parametrize("damage", [Mutations.flipped, Mutations.truncated])
@pytest.mark.parametrize("name", ["current", "vectors.sqlite"])
def test_damage_beside_the_index(settings: RetrievalSettings, name: str, damage: Damage) -> None:
    Collection.open(settings, WordEncoder())
    sound = contents(live(settings))
    mutations = Mutations(seed=8)
    for _ in range(4):
        path = settings.index / name
        path.write_bytes(damage(mutations, path.read_bytes()))
        (settings.seeds / "c.txt").write_text("Brunei chaired the meeting.")
        Collection.open(settings, WordEncoder())
        (settings.seeds / "c.txt").unlink()
        open_and_ask(settings)
        assert contents(live(settings)) == sound


@pytest.mark.parametrize("name", ["documents.jsonl", "tokens.npy", "manifest.json"])
def test_damage_is_told_in_one_line(
    settings: RetrievalSettings, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    Collection.open(settings, WordEncoder())
    path = live(settings) / name
    path.write_bytes(path.read_bytes()[:-9])
    encoder = WordEncoder()
    Collection.open(settings, encoder)
    reason = f"The index in {settings.index} will be built again: {name} is damaged"
    assert [record.getMessage() for record in caplog.records] == [reason]
    assert encoder.encoded == []


def test_damage_in_a_large_collections_tokens_is_found_by_a_question(
    settings: RetrievalSettings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(module, "BYTES_UP_TO", 0)
    Collection.open(settings, WordEncoder())
    sound = contents(live(settings))
    path = live(settings) / "tokens.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    assert not open_and_ask(settings).built
    assert [record.getMessage() for record in caplog.records] == [
        f"{path} is damaged: passages are ranked without it, and the index will be built again "
        "at the next start"
    ]
    assert open_and_ask(settings).built
    assert contents(live(settings)) == sound


def test_a_lost_pointer_is_told_in_one_line(
    settings: RetrievalSettings, caplog: pytest.LogCaptureFixture
) -> None:
    Collection.open(settings, WordEncoder())
    (settings.index / "current").write_text("gone")
    assert open_and_ask(settings).built
    told = f"{settings.index / 'current'} names no index; one will be built"
    assert [record.getMessage() for record in caplog.records] == [told]


def test_another_encoder_is_told_in_one_line(
    settings: RetrievalSettings, caplog: pytest.LogCaptureFixture
) -> None:
    Collection.open(settings, WordEncoder())
    other = WordEncoder()
    other.identity = "words-2"
    assert Collection.open(settings, other).built
    reason = f"The index in {settings.index} will be built again: another encoder made it"
    assert [record.getMessage() for record in caplog.records] == [reason]


def test_another_format_is_told_in_one_line(
    settings: RetrievalSettings, caplog: pytest.LogCaptureFixture
) -> None:
    Collection.open(settings, WordEncoder())
    path = live(settings) / "manifest.json"
    path.write_text(path.read_text().replace(f'"format": {FORMAT}', '"format": 1'))
    assert open_and_ask(settings).built
    reason = f"The index in {settings.index} will be built again: its format is 1, not {FORMAT}"
    assert [record.getMessage() for record in caplog.records] == [reason]
