"""Builds killed by signal 9, and two at once: the live index is always one that works."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from retrieval.collection.index_folder import IndexFolder
from retrieval.collection.manifest import Manifest
from retrieval.collection.segments import Segments
from tests.helpers.paths import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal 9")

KILLED = -9


class Collection:
    """A folder of documents and the index that other processes build of it."""

    def __init__(self, folder: Path) -> None:
        self.seeds, self.index = folder / "seeds", folder / "index"
        self.seeds.mkdir()
        self.write("ASEAN met Russia online. They spoke of piracy.")

    def write(self, text: str) -> None:
        (self.seeds / "a.txt").write_text(text, encoding="utf-8")

    def start(self, moment: int = 0, smallest: int = 5000) -> subprocess.Popen[str]:
        program = [sys.executable, "-m", "tests.helpers.index_builder"]
        command = [*program, str(self.seeds), str(self.index), str(moment), str(smallest)]
        return subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def built(self) -> dict[str, Any]:
        return finished(self.start())

    def live_names(self) -> list[str]:
        """Check that every file of the live index is sound; return its documents' names."""
        live = IndexFolder(self.index).live()
        assert live
        Segments.of(live).check()
        return list(Manifest.load(live).parsed_from)

    def folders(self) -> list[Path]:
        return [path for path in self.index.iterdir() if path.is_dir()]


def finished(process: subprocess.Popen[str]) -> dict[str, Any]:
    output, _ = process.communicate()
    assert process.returncode == 0
    told: dict[str, Any] = json.loads(output)
    return told


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    return Collection(tmp_path)


def test_a_killed_build_leaves_an_index_that_works(collection: Collection) -> None:
    collection.built()
    collection.write("Brunei chaired the meeting.")
    moments = collection.built()["moments"]
    for number, moment in enumerate(Random(5).sample(range(1, moments), 4)):  # noqa: S311
        collection.write(f"Laos chaired meeting {number}.")
        process = collection.start(moment)
        process.communicate()
        assert process.returncode == KILLED
        assert collection.live_names() == ["a.txt"]
        assert len(collection.folders()) <= 2
    collection.write("Vietnam chaired the last meeting.")
    assert collection.built()["encoded"][0] == "Vietnam chaired the last meeting."
    assert len(collection.folders()) == 1


def test_a_killed_change_leaves_an_index_that_works(collection: Collection) -> None:
    names = [f"{number:02}.txt" for number in range(20)]
    for name in names:
        text = f"The harbour of {name} is open."
        (collection.seeds / name).write_text(text, encoding="utf-8")
    collection.built()
    collection.write("Brunei chaired the meeting that day.")
    moments = finished(collection.start(smallest=1))["moments"]
    for number, moment in enumerate(Random(5).sample(range(1, moments), 4)):  # noqa: S311
        collection.write(f"Laos chaired the meeting number {number}.")
        process = collection.start(moment, smallest=1)
        process.communicate()
        assert process.returncode == KILLED
        assert collection.live_names() == [*names, "a.txt"]
    collection.write("Vietnam chaired the last meeting.")
    assert "Vietnam chaired the last meeting." in finished(collection.start(smallest=1))["encoded"]
    assert collection.live_names() == [*names, "a.txt"]
    assert len(collection.folders()) == 3  # the base, what has changed, and what joins them


def test_of_two_builds_at_once_one_builds(collection: Collection) -> None:
    both = [collection.start(), collection.start()]
    told = [finished(process) for process in both]
    assert sorted(one["built"] for one in told) == [False, True]
    assert sorted(one["encoded"] == [] for one in told) == [False, True]
    assert collection.live_names() == ["a.txt"]
