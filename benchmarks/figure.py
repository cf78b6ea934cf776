"""A measured figure with its target, and a table of such figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from benchmarks.sides import Seconds


@dataclass(frozen=True)
class Figure:
    """A figure and its target: `asked` or more, or with `at_most` set, `asked` or less."""

    name: str
    reached: float
    asked: float
    at_most: bool = False

    @property
    def met(self) -> bool:
        """Whether the figure meets its target."""
        return self.reached <= self.asked if self.at_most else self.reached >= self.asked

    @property
    def row(self) -> str:
        """A row of the table, with a figure that misses its target in italics."""
        bound = "or less" if self.at_most else "or more"
        reached = f"{self.reached:.2f}" if self.met else f"*{self.reached:.2f}*"
        return f"| {self.name} | {reached} | {self.asked:g} {bound} |"


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a table in Markdown."""
    heading = ["| | reached | asked |", "| --- | ---: | ---: |"]
    return "\n".join([*heading, *(figure.row for figure in figures)])


def ratio(seconds: Seconds, theirs: int = 0, ours: int = -1) -> float:
    """Return their time divided by ours, as the median over the turns."""
    return float(np.median(seconds[theirs] / seconds[ours]))
