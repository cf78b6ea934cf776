"""The memory of a process, as Linux reports it."""

from __future__ import annotations

from pathlib import Path

RESIDENT, MAPPED, PEAK = "VmRSS", "RssFile", "VmHWM"


def megabytes(field: str = RESIDENT, process: int | str = "self") -> int:
    """Return one memory figure of the process with the id `process`, in MB of 2**20 bytes."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(f"{field}:"))
