"""Draws the results as SVG: a row for each system, a column of bars for each slice.

The picture has no background. Its colours can be read on white and on black.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from benchmarks.peers.result import Result

_LABELS = 150  # width left for the systems' names
_COLUMN = 116
_BAR = 66  # length of a bar that stands for 1
_ROW = 24
_TOP = 58
_GREY = "#7d8590"
_ACCENT = "#2f81f7"


def chart(results: Sequence[Result], measure: str, title: str) -> str:
    """Return an SVG of one measure, with the first system in a colour of its own."""
    systems = list(dict.fromkeys(result.system for result in results))
    slices = list(dict.fromkeys(result.slice for result in results))
    svg = _canvas(_LABELS + _COLUMN * len(slices), _TOP + _ROW * len(systems) + 8, title)
    _text(svg, 0, 16, title, _GREY, weight="600")
    for column, slice in enumerate(slices):
        _text(svg, _LABELS + column * _COLUMN, 44, slice, _GREY, weight="600")
    for row, system in enumerate(systems):
        _text(svg, 0, _TOP + row * _ROW + 15, system, _colour(row), _weight(row))
    for result in results:
        column, row = slices.index(result.slice), systems.index(result.system)
        _bar(svg, column, row, result.figures[measure])
    return tostring(svg, encoding="unicode") + "\n"


def _canvas(width: int, height: int, title: str) -> Element:
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img"})
    svg.set("viewBox", f"0 0 {width} {height}")
    svg.set("width", str(width))
    svg.set("font-family", "-apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif")
    svg.set("font-size", "13")
    SubElement(svg, "title").text = title
    return svg


def _bar(svg: Element, column: int, row: int, share: float) -> None:
    """Draw a bar on a faint track whose length stands for 1, and the figure to its right."""
    left, top = _LABELS + column * _COLUMN, _TOP + row * _ROW
    _rectangle(svg, left, top + 5, _BAR, _GREY).set("opacity", ".18")
    _rectangle(svg, left, top + 5, round(_BAR * share, 1), _colour(row))
    figure = f"{share:.3f}".removeprefix("0")
    _text(svg, left + _BAR + 6, top + 15, figure, _colour(row), _weight(row))


def _rectangle(svg: Element, x: float, y: float, width: float, colour: str) -> Element:
    place = {"x": str(x), "y": str(y), "width": str(width), "height": "12", "rx": "2"}
    return SubElement(svg, "rect", {**place, "fill": colour})


def _text(svg: Element, x: float, y: float, text: str, colour: str, weight: str = "400") -> None:
    place = {"x": str(x), "y": str(y), "fill": colour, "font-weight": weight}
    SubElement(svg, "text", place).text = text


def _colour(row: int) -> str:
    return _GREY if row else _ACCENT


def _weight(row: int) -> str:
    return "400" if row else "600"
