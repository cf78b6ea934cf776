"""The index folder: one live index at every moment."""

import threading
from pathlib import Path

import pytest

from retrieval.collection.index_folder import IndexFolder
from retrieval.errors import CollectionError


def write(text: str, folder: IndexFolder) -> Path:
    def fill(path: Path) -> None:
        (path / "content").write_text(text)

    return folder.replace(fill)


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    made = IndexFolder(tmp_path / "deep" / "index")
    with made.locked():
        return made


def test_there_is_no_index_before_the_first(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert IndexFolder(tmp_path / "missing").live() is None
    assert caplog.messages == []


def test_the_newest_index_is_live_and_alone(folder: IndexFolder) -> None:
    first = write("old", folder)
    second = write("new", folder)
    assert folder.live() == second
    assert (second / "content").read_text() == "new"
    assert not first.exists()


def test_folders_of_others_are_left_alone(folder: IndexFolder) -> None:
    (folder.path / "photos").mkdir()
    (folder.path / f"{'0' * 32}.partial").mkdir()
    live = write("new", folder)
    folders = {path.name for path in folder.path.iterdir() if path.is_dir()}
    assert folders == {"photos", live.name}


def test_what_stopped_builds_left_goes_before_the_next(folder: IndexFolder) -> None:
    live = write("old", folder)
    (folder.path / f"{'0' * 32}.partial").mkdir()
    (folder.path / ("1" * 32)).mkdir()

    def look(path: Path) -> None:
        assert {one for one in folder.path.iterdir() if one.is_dir()} == {live, path}

    folder.replace(look)


def test_a_failing_build_leaves_the_live_index(folder: IndexFolder) -> None:
    live = write("old", folder)

    def fail(path: Path) -> None:
        (path / "half").write_text("written")
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="disk full"):
        folder.replace(fail)
    assert folder.live() == live
    assert sorted(p.name for p in folder.path.iterdir() if p.is_dir()) == [live.name]


@pytest.mark.parametrize("name", ["", "gone", "../../etc", "\x00", "deadbeef" * 4])
def test_a_pointer_to_nothing_is_no_index(
    folder: IndexFolder, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    (folder.path / "current").write_text(name)
    assert folder.live() is None
    assert caplog.messages == [f"{folder.path / 'current'} names no index; one will be built"]


def test_a_second_builder_waits(folder: IndexFolder, caplog: pytest.LogCaptureFixture) -> None:
    entered = threading.Event()

    def build() -> None:
        with IndexFolder(folder.path).locked():
            entered.set()

    second = threading.Thread(target=build)
    with folder.locked():
        second.start()
        while "Waiting for another process" not in caplog.text:
            assert second.is_alive()
        assert not entered.is_set()
    second.join()
    assert entered.is_set()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(CollectionError, match="Cannot write to INDEX_DIR="),
        IndexFolder(tmp_path / "file" / "index").locked(),
    ):
        pytest.fail("locked a folder that cannot be")
