"""Draws the results as SVG: a row for each system, a column of bars for each slice."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, tostring

from benchmarks.peers.result import Result
from benchmarks.svg import ACCENT, GREY, canvas, rectangle, text

_LABELS = 150  # width left for the systems' names
_COLUMN = 116
_BAR = 66  # length of a bar that stands for 1
_ROW = 24
_TOP = 58
_HEIGHT = 12  # of a bar


def chart(results: Sequence[Result], measure: str, title: str) -> str:
    """Return an SVG of one measure, with the first system in a colour of its own."""
    systems = list(dict.fromkeys(result.system for result in results))
    slices = list(dict.fromkeys(result.slice for result in results))
    svg = canvas(_LABELS + _COLUMN * len(slices), _TOP + _ROW * len(systems) + 8, title)
    text(svg, 0, 16, title, GREY, weight="600")
    for column, slice in enumerate(slices):
        text(svg, _LABELS + column * _COLUMN, 44, slice, GREY, weight="600")
    for row, system in enumerate(systems):
        text(svg, 0, _TOP + row * _ROW + 15, system, _colour(row), _weight(row))
    for result in results:
        column, row = slices.index(result.slice), systems.index(result.system)
        _bar(svg, column, row, result.figures[measure])
    return tostring(svg, encoding="unicode") + "\n"


def _bar(svg: Element, column: int, row: int, share: float) -> None:
    """Draw a bar on a faint track whose length stands for 1, and the figure to its right."""
    left, top = _LABELS + column * _COLUMN, _TOP + row * _ROW
    rectangle(svg, left, top + 5, _BAR, _HEIGHT, GREY).set("opacity", ".18")
    rectangle(svg, left, top + 5, round(_BAR * share, 1), _HEIGHT, _colour(row))
    figure = f"{share:.3f}".removeprefix("0")
    text(svg, left + _BAR + 6, top + 15, figure, _colour(row), _weight(row))


def _colour(row: int) -> str:
    return GREY if row else ACCENT


def _weight(row: int) -> str:
    return "400" if row else "600"
