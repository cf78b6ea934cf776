"""The line that describes the machine that was measured."""

import platform

import joblib
import pytest

from benchmarks import machine
from retrieval.processor import Processor


def test_the_machine_is_told_with_instructions_cores_system_and_versions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(machine, "measured", lambda: {"torch": "2.13", "txtai": "9.14"})
    processor = Processor("Some CPU @ 2.0GHz", ("AVX2",), quota=None)
    assert machine.machine(processor) == (
        f"Some CPU @ 2.0GHz with AVX2, {joblib.cpu_count()} cores; {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}; torch 2.13, txtai 9.14"
    )
