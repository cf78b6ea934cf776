"""The walk over a page's tree that makes blocks: paragraphs, headings, items, captions, rows.

Elements within a line are joined as they stand; a block element begins a new block. Items keep the
dash or the number that a browser shows. A row of a table is one line of cells. The words of a short
term and of its description are joined as a label with its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.reading.cleaning.lines import is_item
from retrieval.reading.draft import ParagraphKind
from retrieval.reading.formats.html.block import Block
from retrieval.reading.formats.html.cells import in_one_line
from retrieval.reading.formats.html.items import Markers
from retrieval.reading.formats.html.page import Element
from retrieval.reading.formats.html.tables import count_of_heads, is_layout, rows_of
from retrieval.reading.formats.html.terms import with_values

_LEVELS = {f"h{level}": level for level in range(1, 7)}
_HEADINGS = (*_LEVELS, "summary", "caption")
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figure "
    "footer form header hgroup html legend li main menu nav ol p search section table tbody td "
    "tfoot th thead tr ul button".split()
)
_SKIPPED = ("head", "title", "colgroup", "col")
_LONGEST_HEADING = 40  # words; a longer one is a paragraph that was set large
_SUPERSCRIPT = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_RAISED = re.compile(r"[0-9+\-−()n]+")
_SPACES = re.compile(r"\s+")


def blocks_of(page: Element) -> list[Block]:
    """Return the blocks of a page in reading order."""
    walk = _Walk(page)
    walk.into(page)
    walk.flush()
    return list(with_values(walk.blocks))


class _Walk:
    """Collects the blocks of an element and of all that it holds."""

    def __init__(self, element: Element, *, in_cell: bool = False) -> None:
        """Start in `element`; in a cell, items have no dash and rows no bars."""
        self.blocks: list[Block] = []
        self._in_cell = in_cell
        self._owners = [element]
        self._pieces: list[str] = []
        self._length = self._linked = 0  # characters of the pieces, and of those in links
        self._markers = Markers()
        self._marker = ""

    def into(self, element: Element) -> None:
        """Read what stands in an element."""
        self._add(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _SKIPPED:
                self._child(child)
            self._add(child.tail)

    def flush(self, kind: ParagraphKind = ParagraphKind.PROSE, level: int = 0) -> None:
        """End the block that is being read."""
        text = "".join(self._pieces)
        text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
        if text:
            share = self._linked / len(text)
            if kind is ParagraphKind.PROSE and self._marker and not is_item(text):
                text = self._marker + text
            self.blocks.append(Block(text, self._owners[-1], kind, level, share))
            self._marker = ""
        self._pieces.clear()
        self._length = self._linked = 0

    def _add(self, text: str | None) -> None:
        if text:
            self._add_piece(_SPACES.sub(" ", text))

    def _add_piece(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def _child(self, element: Element) -> None:
        match element.tag:
            case "table" if not is_layout(element):
                self._table(element)
            case "li":
                self._item(element)
            case "figcaption":
                self._block(element, ParagraphKind.CAPTION)
            case "pre" | "listing" | "xmp":
                self._lines(element)
            case tag if tag in _HEADINGS or element.get("role") == "heading":
                self._heading(element)
            case tag if tag in _BLOCKS:
                self._block(element)
            case _:
                self._within_line(element)

    def _within_line(self, element: Element) -> None:
        match element.tag:
            case "br":
                self._add_piece("\n")
            case "hr":
                self.flush()
            case "a":
                before = self._length
                self.into(element)
                self._linked += max(0, self._length - before)
            case "sup":
                self._raised(element)
            case _:
                self.into(element)

    def _block(self, element: Element, kind: ParagraphKind = ParagraphKind.PROSE) -> None:
        self.flush()
        self._owners.append(element)
        self.into(element)
        self.flush(kind)
        self._owners.pop()

    def _heading(self, element: Element) -> None:
        text = " ".join("".join(_texts(element)).split())
        if len(text.split()) > _LONGEST_HEADING or self._in_cell:
            self._block(element)
            return
        self.flush()
        if text:
            linked = sum(len("".join(link.itertext())) for link in element.iter("a")) / len(text)
            self.blocks.append(Block(text, element, ParagraphKind.HEADING, _level(element), linked))
            self._marker = ""

    def _item(self, element: Element) -> None:
        self.flush()
        self._marker = "" if self._in_cell else self._markers.of(element)
        self._block(element)
        self._marker = ""

    def _lines(self, element: Element) -> None:
        """Make a block of each line: none is a heading, and no sentence runs on in the next."""
        self.flush()
        for line in "".join(_texts(element)).split("\n"):
            if line.strip():
                self.blocks.append(Block(line.strip(), element, ParagraphKind.LINE))

    def _raised(self, element: Element) -> None:
        """Add raised digits as such, so that 10 to the power of 6 is not read as 106."""
        text = "".join(element.itertext()).strip()
        if any(True for _ in element.iter("a")) and text.isdigit():
            self._add_piece(f" [{text}]")
        elif _RAISED.fullmatch(text):
            self._add_piece(text.translate(_SUPERSCRIPT))
        else:
            self.into(element)

    def _table(self, table: Element) -> None:
        self.flush()
        self._marker = ""
        for caption in table.iterchildren("caption"):
            self._heading(caption)
        texts: dict[Element, str] = {}
        rows = list(rows_of(table))
        heads = count_of_heads(rows)
        for i, (row, cells) in enumerate(rows):
            texts |= {cell: self._cell_text(cell) for cell in cells if cell not in texts}
            line = [texts[cell] for cell in cells]
            while line and not line[-1]:
                line.pop()
            if line:
                bar = ", " if self._in_cell else " | "
                kind = ParagraphKind.HEADER_ROW if i < heads else ParagraphKind.PROSE
                self.blocks.append(Block(bar.join(line), row, kind))

    def _cell_text(self, cell: Element) -> str:
        walk = _Walk(cell, in_cell=True)
        walk.into(cell)
        walk.flush()
        return in_one_line(with_values(walk.blocks), is_head=cell.tag == "th")


def _level(element: Element) -> int:
    level = element.get("aria-level") or ""
    return _LEVELS.get(element.tag) or (int(level) if level in tuple("123456") else 0)


def _texts(element: Element) -> Iterator[str]:
    """Yield the text of an element whose lines count, a line break for each `br`."""
    for part in element.iter():
        if part.tag == "br":
            yield "\n"
        yield (part.text or "") if isinstance(part.tag, str) else ""
        if part is not element:
            yield part.tail or ""
