"""The journal of parsed files: what a stopped build has parsed is not parsed again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from retrieval.collection.builder import IndexBuilder
from retrieval.collection.collection import Collection
from retrieval.collection.parsed_journal import ParsedJournal
from retrieval.documents import Document
from retrieval.reading.parse_cache import ParsedFile
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.settings import RetrievalSettings
from tests.helpers.word_encoder import WordEncoder

FILES = [ParsedFile(Document(f"{name}.txt", f"Thư của {name}."), name * 64) for name in "ab"]


def journal(path: Path, reads_as: str = "as now") -> ParsedJournal:
    return ParsedJournal.open(path, reads_as)


def written(path: Path) -> Path:
    with closing(journal(path)) as one:
        for file in FILES:
            one.append(file)
    return path


def test_what_was_parsed_is_found_again(tmp_path: Path) -> None:
    with closing(journal(written(tmp_path / "parsed.jsonl"))) as found:
        assert list(found.found) == FILES


def test_files_are_read_anew_where_they_are_read_otherwise(tmp_path: Path) -> None:
    path = written(tmp_path / "parsed.jsonl")
    with closing(journal(path, "with OCR")) as found:
        assert found.found == ()
    with closing(journal(path)) as found:
        assert found.found == ()


@pytest.mark.parametrize("cut", [1, 20])
def test_a_line_cut_short_costs_that_file_alone(tmp_path: Path, cut: int) -> None:
    path = written(tmp_path / "parsed.jsonl")
    path.write_bytes(path.read_bytes()[:-cut])
    with closing(journal(path)) as found:
        assert list(found.found) == FILES[:1]
        found.append(FILES[1])
    with closing(journal(path)) as found:
        assert list(found.found) == FILES


def test_a_flipped_letter_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path / "parsed.jsonl")
    path.write_bytes(path.read_bytes().replace("Thư của a".encode(), "Thư của x".encode()))
    with closing(journal(path)) as found:
        assert list(found.found) == FILES[1:]


def test_a_stopped_build_parses_nothing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def parsed(self: Sandbox, name: str, data: bytes) -> Document:
        read.append(name)
        return parse(name, data)

    def stopped(*arguments: object) -> None:
        raise KeyboardInterrupt

    settings = RetrievalSettings(seeds=tmp_path / "seeds", index=tmp_path / "index")
    settings.seeds.mkdir()
    for name in ("a.txt", "b.txt"):
        (settings.seeds / name).write_text(f"The harbour of {name} is open.", encoding="utf-8")
    monkeypatch.setattr(Sandbox, "parse", parsed)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(IndexBuilder, "build", stopped)
        Collection.open(settings, WordEncoder())
    assert sorted(read) == ["a.txt", "b.txt"]
    collection = Collection.open(settings, WordEncoder())
    assert [one.name for one in collection.index.documents] == ["a.txt", "b.txt"]
    assert sorted(read) == ["a.txt", "b.txt"]
    assert not (settings.index / "parsed.jsonl").exists()
