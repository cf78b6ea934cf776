"""All that is measured of speed beside others, in one table with what was asked for.

    HF_HUB_OFFLINE=1 .venv-benchmark/bin/python -m benchmarks.speed

`make benchmark` does it last. The figures come from `benchmarks.encoder`, `benchmarks.answer_cost`,
`benchmarks.building` and `benchmarks.starting`, each of which takes turns with what it is compared
to. What needs more time is measured by itself: a million passages by `benchmarks.growth`, memory
by `benchmarks.memory`, many chats by `benchmarks.load`.
"""

from __future__ import annotations

import subprocess
import sys

from benchmarks import building, encoder, starting
from benchmarks.figure import Figure, table
from benchmarks.machine import machine


def main() -> None:
    """Measure, print what each takes, then the table and the machine's description."""
    figures = [*encoder.figures(), _answer(), *building.figures(), *starting.figures()]
    print(f"\n{table(figures)}\n\nMeasured on {machine()}.")


def _answer() -> Figure:
    """Let a process measure answers, as our programs give them; its last word is the ratio."""
    command = [sys.executable, "-m", "benchmarks.answer_cost"]
    printed = subprocess.run(  # noqa: S603 - our own command
        command, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    print(printed, end="")
    name = "question to Answer, 10,000 passages: ours / torch float32 encoding alone"
    return Figure(name, float(printed.split()[-1]), 0.4, at_most=True)


if __name__ == "__main__":
    main()
