"""Styles of OpenDocument: what a style says of a paragraph, a run, a page or a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from retrieval.reading.formats.archive import Element
from retrieval.reading.formats.opendocument.names import FO, PRESENTATION, STYLE, TABLE, TEXT, count

_SVG_FAMILY = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}font-family"
_HEADING = re.compile(r"Heading_20_(\d)")
_LONGEST_CHAIN = 30  # styles based on one another


class Styles:
    """The styles of a document by family and name."""

    def __init__(self, roots: Iterable[Element]) -> None:
        """Read the styles of `roots`; automatic ones stand beside those with a name."""
        roots = list(roots)
        self._styles = {
            (each.get(STYLE + "family", ""), each.get(STYLE + "name", "")): each
            for root in roots
            for each in root.iter(STYLE + "style")
        }
        self.lists = {
            each.get(STYLE + "name", ""): each
            for root in roots
            for each in root.iter(TEXT + "list-style")
        }
        outlines = (each for root in roots for each in root.iter(TEXT + "outline-style"))
        self.outline: Element | None = next(outlines, None)
        self._faces = {
            each.get(STYLE + "name", ""): each
            for root in roots
            for each in root.iter(STYLE + "font-face")
        }

    def names(self, style: str) -> list[str]:
        """Return the names of a paragraph's style and of those it is based on, nearest first."""
        return [each.get(STYLE + "name", "") for each in self._chain("paragraph", style)]

    def level(self, style: str) -> int:
        """Return the outline level that a paragraph's style sets, from 1; 0 where it sets none."""
        for each in self._chain("paragraph", style):
            level = each.get(STYLE + "default-outline-level")
            named = _HEADING.fullmatch(each.get(STYLE + "name", ""))
            if level is not None or named:
                return count(level or (named[1] if named else ""), 10) if level != "" else 0
        return 0

    def list_of(self, style: str) -> str:
        """Return the name of the list's style that a paragraph's style names, or ""."""
        named = (each.get(STYLE + "list-style-name") for each in self._chain("paragraph", style))
        return next((name for name in named if name is not None), "")

    def is_hidden(self, family: str, style: str) -> bool:
        """Tell whether a paragraph or run of this style is not shown."""
        shown = self._property(family, style, "text-properties", TEXT + "display")
        return shown == "none"

    def font(self, family: str, style: str) -> str | None:
        """Return the font that a style of paragraphs or runs names; None where it names none."""
        face = self._property(family, style, "text-properties", STYLE + "font-name")
        if face is None:
            return self._property(family, style, "text-properties", FO + "font-family")
        known = self._faces.get(face)
        return face if known is None else (known.get(_SVG_FAMILY) or face).strip("'")

    def is_page_hidden(self, style: str) -> bool:
        """Tell whether a slide of this style is left out of the show."""
        properties = "drawing-page-properties"
        seen = self._property("drawing-page", style, properties, PRESENTATION + "visibility")
        return seen == "hidden"

    def is_table_hidden(self, style: str) -> bool:
        """Tell whether a sheet of this style is not shown."""
        return self._property("table", style, "table-properties", TABLE + "display") == "false"

    def _property(self, family: str, style: str, element: str, name: str) -> str | None:
        for each in self._chain(family, style):
            properties = each.find(STYLE + element)
            if properties is not None and (value := properties.get(name)) is not None:
                return str(value)
        return None

    def _chain(self, family: str, style: str) -> Iterator[Element]:
        for _ in range(_LONGEST_CHAIN):
            found = self._styles.get((family, style))
            if found is None:
                return
            yield found
            style = found.get(STYLE + "parent-style-name", "")
