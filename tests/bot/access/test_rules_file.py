"""The file of collections: who it lets read what, and the one line that each mistake gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.access.places import ChatPlace, Reader
from bot.access.rules import Rules
from bot.access.rules_file import RulesFile, read_rules
from retrieval.errors import SettingsError

TEXT = """
[collection.press]
title = "Báo chí"
folders = ["press"]
chats = [-1001, "-1002/7"]
people = [11]
admins = [12]

[collection.law]
folders = ["law"]
public = true
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    for name in ("press", "law"):
        (tmp_path / "seeds" / name).mkdir(parents=True)
    path = tmp_path / "collections.toml"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.mark.parametrize(
    ("reader", "reads"),
    [
        (Reader(11), {"press", "law"}),
        (Reader(12), {"press", "law"}),
        (Reader(13), {"law"}),
        (Reader(13, ChatPlace(-1001)), {"press", "law"}),
        (Reader(13, ChatPlace(-1001, 5)), {"press", "law"}),
        (Reader(13, ChatPlace(-1002, 7)), {"press", "law"}),
        (Reader(13, ChatPlace(-1002, 8)), {"law"}),
        (Reader(13, ChatPlace(-1002)), {"law"}),
        (Reader(11, ChatPlace(-1003)), {"law"}),  # who asks counts for nothing in a group
    ],
)
def test_who_reads_what(file: Path, reader: Reader, reads: set[str]) -> None:
    rules = read_rules(file, file.parent / "seeds")
    assert rules.read_by(reader) == reads
    assert rules.administered_by(12) == {"press"}
    assert rules.titles(["law", "press", "none"]) == {"press": "Báo chí", "law": "law"}


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("chats = ['@newsroom']", "chats must be ids of groups, such as -1001234567890, or of"),
        ("chats = [1001]", 'such as "-1001234567890/7", not 1001'),
        ("chats = ['-1001/x']", "not '-1001/x'"),
        ("chats = [true]", "not True"),
        ("chats = -1001", "chats must be a list in square brackets"),
        ("people = ['11']", "people must be ids of people, such as 111, not '11'"),
        ("people = [-1001]", "people must be ids of people, such as 111, not -1001"),
        ("admins = [true]", "admins must be ids of people, such as 111, not True"),
        ("public = 'yes'", "public must be true or false"),
        ("readers = [11]", "unknown 'readers'; known are title, folders, chats, people, admins"),
    ],
)
def test_a_mistake_is_one_clear_line(file: Path, line: str, mistake: str) -> None:
    file.write_text(f"[collection.press]\nfolders = ['press']\n{line}\n")
    with pytest.raises(SettingsError) as error:
        read_rules(file, file.parent / "seeds")
    assert str(error.value).startswith(f"COLLECTIONS={file}: [collection.press]: ")
    assert mistake in str(error.value)
    assert "\n" not in str(error.value)


def test_a_change_is_taken_over_and_a_mistake_told_once(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rules_file = RulesFile.open(file, file.parent / "seeds")
    changes: list[Rules] = []
    rules_file.on_change = changes.append
    before = rules_file.rules()
    assert rules_file.rules() is before
    file.write_text(TEXT.replace("[11]", "[14]"), "utf-8")
    assert "press" in rules_file.rules().read_by(Reader(14))
    assert "press" not in rules_file.rules().read_by(Reader(11))
    assert len(changes) == 1
    file.unlink()
    assert rules_file.rules() is changes[0]
    mistake = rules_file.take_mistake()
    assert mistake == f"COLLECTIONS={file}: No such file or directory"
    assert rules_file.take_mistake() is None
    assert [one for one in caplog.messages if "stay as they were" in one] == [
        f"{mistake}; the collections stay as they were"
    ]
    file.write_text(TEXT, "utf-8")
    assert "press" in rules_file.rules().read_by(Reader(11))
