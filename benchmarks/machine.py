"""On what was measured: figures of speed mean little without it."""

from __future__ import annotations

import platform
from pathlib import Path

import joblib

from benchmarks.peers.versions import measured


def machine(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """Return processor, cores, system, and the versions of Python and of the libraries."""
    versions = ", ".join(" ".join(pair) for pair in measured().items())
    return (
        f"{_processor(cpuinfo)}, {joblib.cpu_count()} cores; "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}; {versions}"
    )


def _processor(cpuinfo: Path) -> str:
    """Return the name that Linux tells, or what the platform knows elsewhere."""
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
