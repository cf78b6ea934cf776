"""Files that may not be opened: links, pipes, large ones, and the reason that is told."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from retrieval.documents import Document
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.refusals import Refusal
from tests.helpers.folders import read, refused


def test_a_text_of_50_mb(folder: Path, sandbox: Sandbox) -> None:
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    assert refused(folder, sandbox) == [Refusal("huge.txt", "it is larger than 20 MB; split it")]


def test_links_that_leave_the_folder(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("Secret.", "utf-8")
    (folder / "file.txt").symlink_to(outside / "secret.txt")
    (folder / "folder.txt").symlink_to(outside)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")
    reasons = {refusal.name: refusal.reason for refusal in refused(folder, sandbox)}
    leaves = "it is a link out of the folder; put the file itself there"
    assert (reasons["file.txt"], reasons["folder.txt"]) == (leaves, leaves)
    nothing = "it is no regular file; put the file itself there"
    assert (reasons["loop.txt"], reasons["nowhere.txt"]) == (nothing, nothing)
    assert len(reasons) == 4


def test_a_link_within_the_folder_is_the_same_text_again(folder: Path, sandbox: Sandbox) -> None:
    (folder / "link.txt").symlink_to(folder / "good.txt")
    expected = Refusal("link.txt", "its text is that of good.txt; remove one of the two")
    assert refused(folder, sandbox) == [expected]


def test_links_to_folders_are_named_and_not_followed(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("Secret.", "utf-8")
    (folder / "elsewhere").symlink_to(outside)
    (folder / "itself").symlink_to(folder)
    assert refused(folder, sandbox) == [
        Refusal("elsewhere", "it is a link out of the folder; put the file itself there"),
        Refusal("itself", "it is no regular file; put the file itself there"),
    ]


def test_pipes_sockets_and_devices_are_not_opened(folder: Path, sandbox: Sandbox) -> None:
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket.txt"))
    (folder / "device.txt").symlink_to("/dev/zero")
    reasons = {refusal.name: refusal.reason for refusal in refused(folder, sandbox)}
    assert reasons == {
        "pipe.txt": "it is no regular file; put the file itself there",
        "socket.txt": "it is no regular file; put the file itself there",
        "device.txt": "it is a link out of the folder; put the file itself there",
    }


@pytest.mark.parametrize(
    "name", ["..x.txt", "a..b.txt", "<b>&.txt", "%s{x}.txt", "x" * 251 + ".txt"]
)
def test_names_that_look_odd_and_do_no_harm(folder: Path, sandbox: Sandbox, name: str) -> None:
    (folder / name).write_text("They left.", "utf-8")
    documents = read(folder, sandbox.parse).documents
    expected = [] if name.startswith(".") else [name]
    assert [one.name for one in documents if one.name != "good.txt"] == expected


def test_a_file_that_may_not_be_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert read(folder, parse).refused == (
        Refusal("good.txt", "it cannot be opened (Permission denied); check its permissions"),
    )


def test_a_file_that_changes_while_the_folder_is_read(folder: Path) -> None:
    (folder / "later.txt").write_text("They met later.", "utf-8")
    (folder / "latest.txt").write_text("They met last.", "utf-8")

    def reading(name: str, data: bytes) -> Document:
        (folder / "later.txt").unlink(missing_ok=True)
        with (folder / "latest.txt").open("ab") as file:
            file.write(bytes(2 * 10**6))
        return parse(name, data)

    assert read(folder, reading, 1).refused == (
        Refusal("later.txt", "it is no regular file; put the file itself there"),
        Refusal("latest.txt", "it is larger than 1 MB; split it"),
    )


def test_a_name_that_is_no_text(folder: Path, sandbox: Sandbox) -> None:
    (Path(folder) / "caf\udce9.txt").write_text("Text.", "utf-8")
    expected = Refusal("caf\\udce9.txt", "its name holds control characters; rename it")
    assert refused(folder, sandbox) == [expected]
