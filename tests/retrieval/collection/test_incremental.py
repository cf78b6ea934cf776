"""The same documents give the same index, byte for byte, whichever way they came."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.collection.collection import Collection
from retrieval.collection.index_folder import IndexFolder
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.settings import RetrievalSettings
from tests.helpers.paths import ROOT
from tests.helpers.word_encoder import WordEncoder

DOCUMENTS = {
    "a.txt": "ASEAN met Russia online. They spoke of piracy.",
    "b.txt": "Bộ trưởng Tô Lâm dự họp. Hội nghị bàn về an ninh.",
    "tin/c.md": "# Họp báo\n\nBộ trưởng chủ trì.\n\nASEAN met Russia online.\n",
    "d.txt": "One sentence of five words. " * 60,
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process."""
    monkeypatch.setattr(Sandbox, "parse", lambda self, name, data: parse(name, data))


def settings_in(folder: Path) -> RetrievalSettings:
    return RetrievalSettings(seeds=folder / "seeds", index=folder / "index")


def written(settings: RetrievalSettings, *names: str) -> None:
    for name in names:
        path = settings.seeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(DOCUMENTS[name], encoding="utf-8")


def contents(settings: RetrievalSettings) -> dict[str, bytes]:
    """Return the bytes of each file of the live index."""
    live = IndexFolder(settings.index).live()
    assert live
    paths = (path for path in live.rglob("*") if path.is_file())
    return {path.relative_to(live).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def at_once(tmp_path: Path) -> dict[str, bytes]:
    settings = settings_in(tmp_path / "at-once")
    written(settings, *DOCUMENTS)
    Collection.open(settings, WordEncoder())
    return contents(settings)


@pytest.mark.parametrize("names", [sorted(DOCUMENTS), sorted(DOCUMENTS, reverse=True)])
def test_in_steps_in_any_order(tmp_path: Path, at_once: dict[str, bytes], names: list[str]) -> None:
    settings = settings_in(tmp_path / "in-steps")
    for name in names:
        written(settings, name)
        Collection.open(settings, WordEncoder())
    assert contents(settings) == at_once


def test_what_came_and_went_leaves_nothing(tmp_path: Path, at_once: dict[str, bytes]) -> None:
    settings = settings_in(tmp_path / "in-steps")
    written(settings, *DOCUMENTS)
    guest = settings.seeds / "guest.txt"
    guest.write_text("Brunei chaired the meeting. They spoke of piracy.")
    Collection.open(settings, WordEncoder())
    guest.unlink()
    collection = Collection.open(settings, WordEncoder())
    assert "guest.txt" not in {document.name for document in collection.index.documents}
    assert contents(settings) == at_once


def test_a_file_renamed_and_named_back(tmp_path: Path, at_once: dict[str, bytes]) -> None:
    settings = settings_in(tmp_path / "in-steps")
    written(settings, *DOCUMENTS)
    Collection.open(settings, WordEncoder())
    old, new = settings.seeds / "a.txt", settings.seeds / "z.txt"
    encoder = WordEncoder()
    old.rename(new)
    renamed = Collection.open(settings, encoder)
    assert [one.name for one in renamed.index.documents] == ["b.txt", "d.txt", "tin/c.md", "z.txt"]
    new.rename(old)
    Collection.open(settings, encoder)
    assert encoder.encoded == []
    assert contents(settings) == at_once


def test_a_sentence_that_was_a_passage(tmp_path: Path, at_once: dict[str, bytes]) -> None:
    settings = settings_in(tmp_path / "in-steps")
    written(settings, "a.txt")
    (settings.seeds / "a.txt").write_text("They spoke of piracy.")
    Collection.open(settings, WordEncoder())
    written(settings, *DOCUMENTS)
    Collection.open(settings, WordEncoder())
    assert contents(settings) == at_once


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_with_other_hashes(
    tmp_path: Path, at_once: dict[str, bytes], seed: str
) -> None:
    settings = settings_in(tmp_path / "elsewhere")
    written(settings, *DOCUMENTS)
    command = [sys.executable, "-m", "tests.helpers.index_builder"]
    subprocess.run(  # noqa: S603
        [*command, str(settings.seeds), str(settings.index), "0"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    assert contents(settings) == at_once
