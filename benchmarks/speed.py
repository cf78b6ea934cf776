"""All speeds that are compared with other libraries, in one table with their targets.

    HF_HUB_OFFLINE=1 .venv-benchmark/bin/python -m benchmarks.speed

`make benchmark` ends with this. The figures come from `benchmarks.encoder`,
`benchmarks.answer_cost`, `benchmarks.building` and `benchmarks.starting`. In each of them both
sides take turns. Longer measurements have programs of their own: `benchmarks.growth` (a million
passages), `benchmarks.memory` and `benchmarks.load` (many chats).
"""

from __future__ import annotations

import subprocess
import sys

from benchmarks import building, encoder, starting
from benchmarks.figure import Figure, table
from benchmarks.machine import machine


def main() -> None:
    """Measure, print the times of each, then the table and the description of the machine."""
    figures = [*encoder.figures(), _answer(), *building.figures(), *starting.figures()]
    print(f"\n{table(figures)}\n\nMeasured on {machine()}.")


def _answer() -> Figure:
    """Measure answers in a new process, and return the ratio that it prints last."""
    command = [sys.executable, "-m", "benchmarks.answer_cost"]
    printed = subprocess.run(  # noqa: S603 - our own command
        command, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    print(printed, end="")
    name = "question to Answer, 10,000 passages: ours / torch float32 encoding alone"
    return Figure(name, float(printed.split()[-1]), 0.4, at_most=True)


if __name__ == "__main__":
    main()
