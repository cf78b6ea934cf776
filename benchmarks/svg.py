"""Draws the elements that the benchmarks' pictures are made of, as SVG.

The pictures have no background. Their colours can be read on white and on black.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

GREY = "#7d8590"
ACCENT = "#2f81f7"


def canvas(width: int, height: int, title: str) -> Element:
    """Return an empty picture of this size in pixels."""
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img"})
    svg.set("viewBox", f"0 0 {width} {height}")
    svg.set("width", str(width))
    svg.set("font-family", "-apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif")
    svg.set("font-size", "13")
    SubElement(svg, "title").text = title
    return svg


def text(svg: Element, x: float, y: float, words: str, colour: str, weight: str = "400") -> Element:
    """Write words that begin at `x` and stand on `y`."""
    place = {"x": str(x), "y": str(y), "fill": colour, "font-weight": weight}
    element = SubElement(svg, "text", place)
    element.text = words
    return element


def rectangle(
    svg: Element, x: float, y: float, width: float, height: float, colour: str
) -> Element:
    """Draw a filled rectangle with rounded corners."""
    place = {"x": x, "y": y, "width": width, "height": height, "rx": 2}
    return SubElement(svg, "rect", {**{k: f"{v:g}" for k, v in place.items()}, "fill": colour})


def line(svg: Element, points: Iterable[tuple[float, float]], colour: str) -> Element:
    """Draw a line through the points, one pixel and a half wide."""
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return SubElement(
        svg, "polyline", {"points": places, "fill": "none", "stroke": colour, "stroke-width": "1.5"}
    )
