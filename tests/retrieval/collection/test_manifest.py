"""The manifest and the fingerprint of a folder."""

from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.collection.manifest import FORMAT, Manifest, Origin, fingerprint
from retrieval.errors import CollectionError

MANIFEST = Manifest(Origin("f", "e", ""), 2, 5, 9, refused=("Tệp.pdf: holds no text",))
OF_ONE = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Give an index's folder of two files, one of them in a folder of its own."""
    (tmp_path / "lexical").mkdir()
    (tmp_path / "lexical" / "words").write_text("1")
    (tmp_path / "vectors").write_text("1")
    MANIFEST.save(tmp_path)
    return tmp_path


def test_saved_and_loaded(index: Path) -> None:
    checksums = {"lexical/words": OF_ONE, "vectors": OF_ONE}
    assert Manifest.load(index) == replace(MANIFEST, checksums=checksums)


def test_what_was_written_is_sound(index: Path) -> None:
    Manifest.load(index).check(index)


@pytest.mark.parametrize("text", [None, "", "2"])
def test_a_file_that_is_missing_or_another_is_told(index: Path, text: str | None) -> None:
    if text is None:
        (index / "lexical" / "words").unlink()
    else:
        (index / "lexical" / "words").write_text(text)
    manifest = Manifest.load(index)
    with pytest.raises(CollectionError, match="lexical/words is damaged"):
        manifest.check(index)
    manifest.check(index, "vectors")


def test_a_manifest_with_another_content_is_told(index: Path) -> None:
    text = (index / "manifest.json").read_text(encoding="utf-8")
    (index / "manifest.json").write_text(text.replace("holds no text", "holds no texts"))
    with pytest.raises(CollectionError, match=r"manifest\.json is damaged"):
        Manifest.load(index)


def test_another_format_is_told(index: Path) -> None:
    replace(MANIFEST, origin=Origin("f", "e", "", FORMAT - 1)).save(index)
    with pytest.raises(CollectionError, match=f"its format is {FORMAT - 1}, not {FORMAT}"):
        Manifest.load(index)


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
    first = fingerprint(tmp_path, 1)
    assert fingerprint(tmp_path, 1) == first
    (tmp_path / "a" / "one.txt").write_text("2")
    second = fingerprint(tmp_path, 1)
    (tmp_path / "a" / "one.txt").rename(tmp_path / "a" / "two.txt")
    assert len({first, second, fingerprint(tmp_path, 1)}) == 3


def test_hidden_files_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("1")
    before = fingerprint(tmp_path, 1)
    (tmp_path / ".DS_Store").write_text("x")
    (tmp_path / "~$one.docx").write_text("x")
    assert fingerprint(tmp_path, 1) == before


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="There is no folder .*gone; set SEEDS_DIR"):
        fingerprint(tmp_path / "gone", 1)


def test_a_file_that_is_too_large_to_be_read_is_told_from_none_and_not_read(tmp_path: Path) -> None:
    without = fingerprint(tmp_path, 1)
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(10**12)  # no byte of it is stored; to read them all would take minutes
    assert fingerprint(tmp_path, 1) != without
