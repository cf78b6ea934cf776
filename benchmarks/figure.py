"""A measured figure beside what was asked for, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from benchmarks.sides import Seconds


@dataclass(frozen=True)
class Figure:
    """What was measured and what it should be: `asked` or more, or with `at_most`, or less."""

    name: str
    reached: float
    asked: float
    at_most: bool = False

    @property
    def met(self) -> bool:
        """Whether it is what was asked for."""
        return self.reached <= self.asked if self.at_most else self.reached >= self.asked

    @property
    def row(self) -> str:
        """A line of the table; a figure that falls short is in italics."""
        bound = "or less" if self.at_most else "or more"
        reached = f"{self.reached:.2f}" if self.met else f"*{self.reached:.2f}*"
        return f"| {self.name} | {reached} | {self.asked:g} {bound} |"


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as Markdown."""
    heading = ["| | reached | asked |", "| --- | ---: | ---: |"]
    return "\n".join([*heading, *(figure.row for figure in figures)])


def ratio(seconds: Seconds, theirs: int = 0, ours: int = -1) -> float:
    """Return how many times as long as ours theirs took: the median over the turns."""
    return float(np.median(seconds[theirs] / seconds[ours]))
