import platform
from pathlib import Path

import joblib
import pytest

from benchmarks import machine

CPUINFO = "processor\t: 0\nmodel name\t: Some CPU @ 2.0GHz\n\nprocessor\t: 1\nmodel name\t: Other\n"


@pytest.fixture(autouse=True)
def versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the peers' environment."""
    monkeypatch.setattr(machine, "measured", lambda: {"torch": "2.13", "txtai": "9.14"})


def test_the_machine_is_told_with_processor_cores_system_and_versions(tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(CPUINFO, encoding="utf-8")
    assert machine.machine(cpuinfo) == (
        f"Some CPU @ 2.0GHz, {joblib.cpu_count()} cores; {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}; torch 2.13, txtai 9.14"
    )


def test_where_linux_tells_no_processor_the_platform_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "processor", lambda: "arm")
    assert machine.machine(tmp_path / "none").startswith(f"arm, {joblib.cpu_count()} cores; ")
