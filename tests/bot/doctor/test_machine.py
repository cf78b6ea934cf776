"""What the doctor finds of the machine."""

from __future__ import annotations

import socket
from collections import namedtuple
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from bot.doctor import machine
from bot.doctor.finding import Finding
from bot.doctor.machine import machine_findings
from bot.settings import Address, Settings, Webhook
from retrieval.processor import Processor
from retrieval.settings import RetrievalSettings

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil has it


@pytest.fixture(autouse=True)
def machine_with_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the machine memory, disk, and the libraries that the project asks for."""
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 4000000 kB\nMemAvailable: 3000000 kB\n")
    monkeypatch.setattr(machine, "_MEMINFO", meminfo)
    monkeypatch.setattr(machine, "_CGROUP", tmp_path / "cgroup")
    monkeypatch.setattr(machine, "requires", lambda _: ["faiss-cpu<2,>=1.15", 'x; extra == "dev"'])
    installed = {"trichdan": "0.1.0", "faiss-cpu": "1.15.1"}
    monkeypatch.setattr(machine, "version", installed.__getitem__)
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(9, 1, 5 * 10**9))
    monkeypatch.setattr(machine, "cache_folder", lambda: tmp_path / "cache")
    processor = Processor("Small EPYC", ("AVX2",), quota=None)
    monkeypatch.setattr(Processor, "here", lambda: processor)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    index = RetrievalSettings(index=tmp_path / "data" / "index")
    return Settings(retrieval=index, database_url=f"sqlite:///{tmp_path}/data/bot.sqlite3")


def found(settings: Settings, about: str) -> Finding:
    (finding,) = [each for each in machine_findings(settings) if each.about == about]
    return finding


def test_a_machine_on_which_all_is_well(settings: Settings, tmp_path: Path) -> None:
    room = f"5000 MB free in {tmp_path}"
    findings = list(machine_findings(settings))
    assert findings[1:] == [
        Finding.good("libraries", "trichdan 0.1.0, 1 libraries in their ranges"),
        Finding.good("processor", "Small EPYC with AVX2"),
        Finding.good("memory", "3072 MB free"),
        Finding.good("index's disk", room),
        Finding.good("database's disk", room),
        Finding.good("cache", room),
    ]
    assert not (tmp_path / "data").exists()


def test_a_slow_processor_is_worth_knowing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Processor("Old Atom", (), quota=None)
    monkeypatch.setattr(Processor, "here", lambda: old)
    assert found(settings, "processor") == Finding.note(
        "processor",
        "Old Atom: the processor has no AVX2, which the encoder needs to be fast",
        "answers take longer",
    )


def test_a_library_of_another_version(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "version", {"faiss-cpu": "1.9.0"}.__getitem__)
    assert found(settings, "libraries") == Finding.bad(
        "libraries", "faiss-cpu 1.9.0 is not <2,>=1.15", "run pip install --editable . again"
    )


def test_a_library_that_is_missing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(machine, "version", version)
    assert found(settings, "libraries").said == "faiss-cpu is missing"


def test_a_slim_installation_is_whole(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "torch":
            raise PackageNotFoundError(name)
        return "0.1.0" if name == "trichdan" else "1.15.1"

    monkeypatch.setattr(machine, "requires", lambda _: ["faiss-cpu<2,>=1.15", "torch>=2"])
    monkeypatch.setattr(machine, "version", version)
    assert found(settings, "libraries").said == "trichdan 0.1.0, 1 libraries in their ranges"


def test_a_cache_that_is_filled_may_be_read_only(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "_is_writable", lambda folder: folder != tmp_path / "cache")
    (tmp_path / "cache").mkdir()
    assert found(settings, "cache").said == f"{tmp_path / 'cache'} cannot be written"
    (tmp_path / "cache" / "graph").touch()
    assert found(settings, "cache") == Finding.good(
        "cache", f"{tmp_path / 'cache'}, filled and read-only"
    )


def test_the_limit_of_a_container_counts(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "cgroup").mkdir()
    (tmp_path / "cgroup" / "memory.max").write_text("512000000\n")
    (tmp_path / "cgroup" / "memory.current").write_text("12000000\n")
    assert found(settings, "memory") == Finding.note("memory", "500 MB free", "600 MB are enough")


def test_a_container_without_a_limit_has_what_the_machine_has(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "cgroup").mkdir()
    (tmp_path / "cgroup" / "memory.max").write_text("max\n")
    assert found(settings, "memory").said == "3072 MB free"


@pytest.mark.parametrize(
    ("free", "sign", "advice"),
    [(150, "✗", "make room"), (1500, "!", "make room before it fills up")],
)
def test_a_disk_that_is_nearly_full(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, free: int, sign: str, advice: str
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(9, 1, free * 10**6))
    finding = found(settings, "index's disk")
    assert (finding.state.value, finding.advice) == (sign, advice)


def test_a_folder_that_cannot_be_written(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    assert found(settings, "index's disk") == Finding.bad(
        "index's disk", f"{tmp_path / 'data'} cannot be written", "change its owner or its mode"
    )


def test_a_port_that_another_program_has(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        served = Settings(
            metrics=Address("127.0.0.1", port),
            webhook=Webhook("https://bot.example.org/x", "127.0.0.1", port, "s"),
        )
        for name in ("METRICS_LISTEN", "WEBHOOK_LISTEN"):
            assert found(served, name) == Finding.bad(
                name, f"127.0.0.1:{port}: Address already in use", "stop what listens there"
            )
    assert found(served, "METRICS_LISTEN").said == f"127.0.0.1:{port} is free"
