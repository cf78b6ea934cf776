"""Draws docs/layers.svg: the layers of both packages, from the contracts in pyproject.toml.

    python docs/layers.py

Imports run downwards alone: a module may import those below it, in its own column and in
`retrieval`, and none beside or above it. The line in a box is the first of the module's docstring;
below it stand the layers inside, the highest first.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from textwrap import wrap

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "layers.svg"
COLUMNS = ("bot", "retrieval")
WIDTH, HEIGHT, GAP, MARGIN, HEAD = 620, 74, 8, 24, 56  # pixels
LINES = (20, 37, 53, 67)  # pixels from a box's top to the bottom of its lines
LONGEST = 88  # characters of a line in a box as wide as its column
STYLE = (
    "text{font-family:system-ui,sans-serif;font-size:12px;fill:#333}"
    ".name{font:bold 14px ui-monospace,monospace;fill:#111}"
    ".head{font:bold 18px ui-monospace,monospace}"
    ".inside{font:11px ui-monospace,monospace;fill:#777}"
    "rect{rx:6px;stroke:#bbb}"
)
FILLS = {"bot": "#eef4fb", "retrieval": "#f3f8ee"}


@dataclass(frozen=True)
class Contracts:
    """The layers of each package, the highest first; siblings in one layer stand side by side."""

    layers: dict[str, list[list[str]]]

    @classmethod
    def load(cls) -> Contracts:
        """Read the contracts of import-linter."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        found = {}
        for contract in project["tool"]["importlinter"]["contracts"]:
            for package in contract.get("containers", []):
                rows = (layer.replace(":", "|").split("|") for layer in contract["layers"])
                found[package] = [[name.strip(" ()") for name in row] for row in rows]
        return cls(found)

    def inside(self, module: str) -> str:
        """Return the layers inside a package, "" where no contract tells them."""
        return " › ".join(" | ".join(row) for row in self.layers.get(module, []))


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(drawing(Contracts.load()), encoding="utf-8")


def drawing(contracts: Contracts) -> str:
    """Return the picture as SVG."""
    rows = max(len(contracts.layers[column]) for column in COLUMNS)
    width = len(COLUMNS) * (WIDTH + MARGIN) + MARGIN
    height = HEAD + rows * (HEIGHT + GAP) + MARGIN
    boxes = (part for place, column in enumerate(COLUMNS) for part in _column(contracts, place))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">',
            f"<style>{STYLE}</style>",
            f'<rect width="{width}" height="{height}" fill="#fff" stroke="none"/>',
            *boxes,
            "</svg>\n",
        ]
    )


def _column(contracts: Contracts, place: int) -> Iterator[str]:
    package = COLUMNS[place]
    left = MARGIN + place * (WIDTH + MARGIN)
    yield f'<text class="head" x="{left}" y="36">{package}</text>'
    for number, row in enumerate(contracts.layers[package]):
        top = HEAD + number * (HEIGHT + GAP)
        width = (WIDTH - GAP * (len(row) - 1)) / len(row)
        for position, name in enumerate(row):
            x = left + position * (width + GAP)
            longest = LONGEST // len(row)
            yield from _box(contracts, package, name, x, top, width, longest)


def _box(
    contracts: Contracts, package: str, name: str, x: float, y: float, width: float, longest: int
) -> Iterator[str]:
    module = f"{package}.{name}"
    inside = wrap(contracts.inside(module), longest, max_lines=2, placeholder=" …")
    room = 1 if inside else 2
    says = wrap(_first_line(module), longest, max_lines=room, placeholder=" …")
    lines = [("name", name), *(("says", line) for line in says)]
    lines += [("inside", line) for line in inside]
    fill = FILLS[package]
    yield f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{HEIGHT}" fill="{fill}"/>'
    for (kind, line), down in zip(lines, LINES, strict=False):
        yield f'<text class="{kind}" x="{x + 10:g}" y="{y + down:g}">{escape(line)}</text>'


def _first_line(module: str) -> str:
    path = ROOT / module.replace(".", "/")
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    docstring = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0].rstrip(".").replace("`", "")


if __name__ == "__main__":
    main()
