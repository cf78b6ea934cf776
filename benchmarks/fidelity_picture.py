"""Draws how the shares that files keep are spread: a graph for each format, as SVG.

The files stand from left to right by their share, the lowest first. A line that stays at the top
means that every file keeps all. The dashed line is at 95 %.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, tostring

from benchmarks.svg import ACCENT, GREY, canvas, line, text

_LEFT, _TOP, _GAP = 44, 64, 56  # pixels
_WIDTH, _HEIGHT = 280, 180  # of a graph
_TICKS = (0.0, 0.25, 0.5, 0.75, 0.95, 1.0)
TITLE = "Share kept of each file, beside an independent reader"

Shares = Mapping[str, Sequence[float]]


def picture(formats: Mapping[str, Shares]) -> str:
    """Return an SVG of what files keep.

    Args:
        formats: By format, then by what is counted ("words", "pairs"), one share for each file;
            the first of what is counted has a colour of its own.
    """
    width = _LEFT + len(formats) * (_WIDTH + _GAP)
    svg = canvas(width, _TOP + _HEIGHT + 30, TITLE)
    text(svg, 0, 16, TITLE, GREY, weight="600")
    for column, (name, shares) in enumerate(formats.items()):
        _graph(svg, _LEFT + column * (_WIDTH + _GAP), name, shares)
    return tostring(svg, encoding="unicode") + "\n"


def _graph(svg: Element, left: float, name: str, shares: Shares) -> None:
    count = len(next(iter(shares.values())))
    text(svg, left, _TOP - 20, f"{name}, {count} files", GREY, weight="600")
    for tick in _TICKS:
        mark = line(svg, [(left, _y(tick)), (left + _WIDTH, _y(tick))], GREY)
        mark.set("opacity", ".9" if tick == 0.95 else ".25")
        mark.set("stroke-dasharray", "4 3" if tick == 0.95 else "none")
        if tick != 0.95:
            text(svg, left - 36, _y(tick) + 4, f"{tick:.0%}", GREY)
    for number, (counted, values) in enumerate(shares.items()):
        colour = GREY if number else ACCENT
        line(svg, _steps(sorted(values), left), colour)
        text(svg, left + number * 60, _TOP + _HEIGHT + 20, counted, colour, weight="600")


def _steps(values: Sequence[float], left: float) -> list[tuple[float, float]]:
    """Return the corners of a line with a step as wide for each file."""
    step = _WIDTH / len(values)
    return [
        (left + step * (number + side), _y(share))
        for number, share in enumerate(values)
        for side in (0, 1)
    ]


def _y(share: float) -> float:
    return _TOP + _HEIGHT * (1 - share)
