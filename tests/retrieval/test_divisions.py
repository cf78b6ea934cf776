"""The file of collections: what is read of it, and the one line that each mistake gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.divisions import divisions_in
from retrieval.errors import SettingsError
from retrieval.settings import Division


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    for name in ("press", "sports", "ảnh"):
        (tmp_path / "seeds" / name).mkdir(parents=True)
    (tmp_path / "seeds" / "loose.txt").write_text("One.\n")
    return tmp_path / "seeds"


def read(text: str, seeds: Path) -> tuple[Division, ...]:
    path = seeds.parent / "collections.toml"
    path.write_text(text)
    return divisions_in(path, seeds)


def test_collections_come_in_the_order_of_the_file(seeds: Path) -> None:
    text = """
[collection.press]
title = "Báo  chí"
folders = ["press", "ảnh"]
public = true

[collection.sports]
folders = ["sports"]
"""
    assert read(text, seeds) == (
        Division("press", "Báo chí", ("press", "ảnh")),
        Division("sports", "sports", ("sports",)),
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("nonsense", "it is no TOML: "),
        ("", "it names no collection; begin with [collection.NAME]"),
        ("[collections.press]", "unknown 'collections'; only [collection.NAME] may stand here"),
        ("[collection.Press]\nfolders = ['press']", "[collection.Press]: a name has at most 32"),
        ("[collection.a]", '[collection.a]: folders must be a list of names, such as ["a"]'),
        ("[collection.a]\nfolders = []", "[collection.a]: folders must be a list"),
        ("[collection.a]\nfolders = 'press'", "[collection.a]: folders must be a list"),
        ("[collection.a]\nfolders = [1]", "[collection.a]: folders must be a list"),
        ("[collection.a]\nfolders = ['pres']", "[collection.a]: there is no folder 'pres' in SEED"),
        ("[collection.a]\nfolders = ['loose.txt']", "[collection.a]: there is no folder 'loose"),
        ("[collection.a]\nfolders = ['../x']", "'../x' is no folder directly below SEEDS_DIR"),
        ("[collection.a]\nfolders = ['.']", "'.' is no folder directly below SEEDS_DIR"),
        ("[collection.a]\nfolders = ['.git']", "'.git' is no folder directly below SEEDS_DIR"),
        ("[collection.a]\nfolders = ['']", "'' is no folder directly below SEEDS_DIR"),
        ("[collection.a]\ntitle = 1\nfolders = ['press']", "title must be words in quotes"),
        (
            "[collection.a]\nfolders = ['press']\n[collection.b]\nfolders = ['sports', 'press']",
            "the folder 'press' is named twice; it can be in one collection",
        ),
    ],
)
def test_a_mistake_is_one_clear_line(text: str, line: str, seeds: Path) -> None:
    with pytest.raises(SettingsError) as error:
        read(text, seeds)
    assert line in str(error.value)
    assert str(error.value).startswith(f"COLLECTIONS={seeds.parent}/collections.toml: ")
    assert "\n" not in str(error.value)


def test_a_missing_file_is_told(seeds: Path) -> None:
    with pytest.raises(SettingsError, match=r"COLLECTIONS=nowhere.toml: No such file"):
        divisions_in(Path("nowhere.toml"), seeds)


def test_a_link_is_no_collection(seeds: Path) -> None:
    (seeds / "elsewhere").symlink_to(seeds / "press")
    with pytest.raises(SettingsError, match="there is no folder 'elsewhere'"):
        read("[collection.a]\nfolders = ['elsewhere']", seeds)
