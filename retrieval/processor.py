"""The processor: its name, how much of it this process may use, and which instructions it has.

Most of the encoder's time goes into products of 8-bit integers. How fast they are depends on the
instructions: VNNI multiplies and adds four pairs in one step, AMX a whole tile, AVX2 needs three
steps for the former. Without AVX2 a step handles half as many numbers.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path

_CPUINFO = Path("/proc/cpuinfo")
_QUOTA = Path("/sys/fs/cgroup/cpu.max")
# By the flag's name in Linux, from the fastest to the slowest.
_INSTRUCTIONS = {
    "amx_int8": "AMX",
    "avx512_vnni": "AVX-512 VNNI",
    "avx_vnni": "AVX-VNNI",
    "avx512bw": "AVX-512",
    "avx2": "AVX2",
}
_LEAST = "AVX2"


@dataclass(frozen=True)
class Processor:
    """What Linux tells of the processor.

    `instructions` are those for 8-bit products, the fastest first, or None where the system does
    not tell. `quota` is the number of cores that a container may use at once, often a fraction, or
    None where it is not limited.
    """

    name: str
    instructions: tuple[str, ...] | None
    quota: float | None

    @classmethod
    def here(cls, cpuinfo: Path = _CPUINFO, quota: Path = _QUOTA) -> Processor:
        """Return the processor of this machine."""
        lines = _fields(cpuinfo)
        name = lines.get("model name") or platform.processor() or platform.machine()
        flags = lines["flags"].split() if "flags" in lines else None
        found = flags and tuple(said for flag, said in _INSTRUCTIONS.items() if flag in flags)
        return cls(name, None if flags is None else found or (), _quota(quota))

    @property
    def described(self) -> str:
        """Its name and its instructions."""
        if self.instructions is None:
            return self.name
        return f"{self.name} with {', '.join(self.instructions) or 'no ' + _LEAST}"

    @property
    def has_vnni(self) -> bool:
        """Whether it multiplies and adds four pairs of 8-bit integers in one step."""
        return any("VNNI" in name for name in self.instructions or ())

    @property
    def slow(self) -> str:
        """Why answers take long here; empty where they do not."""
        reasons = []
        if self.instructions is not None and _LEAST not in self.instructions:
            reasons.append(f"the processor has no {_LEAST}, which the encoder needs to be fast")
        if self.quota is not None and self.quota < 1:
            reasons.append(f"the container may use only {self.quota:g} of a core")
        return "; ".join(reasons)


def _fields(cpuinfo: Path) -> dict[str, str]:
    """Return the first processor's fields by name."""
    if not cpuinfo.exists():
        return {}
    first = cpuinfo.read_text(encoding="utf-8").partition("\n\n")[0]
    pairs = (line.partition(":") for line in first.splitlines())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _quota(file: Path) -> float | None:
    """Read cpu.max: microseconds of a period, or "max" (docs.kernel.org, cgroup-v2)."""
    try:
        used, period = file.read_text().split()
        return int(used) / int(period)
    except (OSError, ValueError):
        return None
