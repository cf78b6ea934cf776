"""Describes the machine that was measured, for the line below every table of speed."""

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
    """Return the processor's name: from /proc/cpuinfo on Linux, from `platform` elsewhere."""
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
