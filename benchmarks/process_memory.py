"""The memory of a process, as Linux tells it."""

from __future__ import annotations

from pathlib import Path

RESIDENT, MAPPED, PEAK = "VmRSS", "RssFile", "VmHWM"


def megabytes(field: str = RESIDENT, process: int | str = "self") -> int:
    """Return one figure of a process in MB of 2**20 bytes; `process` is its number."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(f"{field}:"))
