"""The manifest and the fingerprint of a folder."""

from pathlib import Path

import pytest

from retrieval.documents import CollectionError
from retrieval.manifest import Manifest, Origin, fingerprint

MANIFEST = Manifest(Origin("f", "e", "", 1), 2, 5, 9, refused=("Tệp.pdf: holds no text",))


def test_saved_and_loaded(tmp_path: Path) -> None:
    MANIFEST.save(tmp_path)
    assert Manifest.load(tmp_path) == MANIFEST


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"origin": {"files": "f"}}', "\x00"])
def test_a_damaged_manifest_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(CollectionError, match=r"manifest\.json is damaged"):
        Manifest.load(tmp_path)


def test_a_missing_manifest_is_told(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match=r"manifest\.json is damaged"):
        Manifest.load(tmp_path)


def test_the_fingerprint_follows_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text("1")
    first = fingerprint(tmp_path)
    assert fingerprint(tmp_path) == first
    (tmp_path / "a" / "one.txt").write_text("2")
    second = fingerprint(tmp_path)
    (tmp_path / "a" / "one.txt").rename(tmp_path / "a" / "two.txt")
    assert len({first, second, fingerprint(tmp_path)}) == 3


def test_hidden_files_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("1")
    before = fingerprint(tmp_path)
    (tmp_path / ".DS_Store").write_text("x")
    (tmp_path / "~$one.docx").write_text("x")
    assert fingerprint(tmp_path) == before


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="There is no folder .*gone; set SEEDS_DIR"):
        fingerprint(tmp_path / "gone")
