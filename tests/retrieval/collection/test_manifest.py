"""The manifest: written, sealed and compared with the files beside it."""

from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.collection.manifest import FORMAT, Manifest, Origin
from retrieval.errors import CollectionError

MANIFEST = Manifest(
    Origin("f", "e", ""),
    2,
    5,
    9,
    refused=("Tệp.pdf: holds no text",),
    partly_read=("Ảnh.pdf: page 2",),
)
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


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"origin": {"fingerprint": "f"}}', "\x00"])
def test_a_damaged_manifest_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(CollectionError, match=r"manifest\.json is damaged"):
        Manifest.load(tmp_path)


def test_a_missing_manifest_is_told(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match=r"manifest\.json is damaged"):
        Manifest.load(tmp_path)
