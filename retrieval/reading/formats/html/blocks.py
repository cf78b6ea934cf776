"""The walk over a page's tree that makes blocks: paragraphs, headings, items, captions, rows.

Elements within a line are joined as they stand; a block element begins a new block. Items keep the
dash or the number that a browser shows. A row of a table is one line of cells. The words of a short
term and of its description are joined as a label with its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.reading.cleaning.lines import is_ended, is_item, starts_lower
from retrieval.reading.draft import BREAK, Paragraph, ParagraphKind
from retrieval.reading.formats.html.items import marker_of
from retrieval.reading.formats.html.page import Element
from retrieval.reading.formats.html.tables import is_layout, rows_of

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figure "
    "footer form header hgroup html legend li main menu nav ol p search section table tbody td "
    "tfoot th thead tr ul option".split()
)
_SKIPPED = ("head", "title", "colgroup", "col")
_LONGEST_HEADING = 40  # words; a longer one is a paragraph that was set large
_LONGEST_TERM = 8  # words of a term that is a label
_SUPERSCRIPT = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_RAISED = re.compile(r"[0-9+\-−()n]+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a page that stands by itself, and the innermost block element that holds it.

    `linked` is the share of its characters that stand in links.
    """

    text: str
    element: Element
    kind: ParagraphKind = ParagraphKind.PROSE
    level: int = 0
    linked: float = 0.0


def blocks_of(page: Element) -> list[Block]:
    """Return the blocks of a page in reading order."""
    walk = _Walk(page)
    walk.into(page)
    walk.flush()
    return list(_with_values(walk.blocks))


def paragraphs_of(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Yield the blocks as paragraphs of a draft.

    A `div` is a line of its own. One that stands in the running text of another goes on with its
    paragraph, after a blank line.
    """
    for i, block in enumerate(blocks):
        if i and _goes_on(blocks[i - 1], block):
            continue
        text = block.text
        if block.element.tag == "div" and block.kind is ParagraphKind.PROSE:
            lines = [text]
            for before, after in zip(blocks[i:], blocks[i + 1 :], strict=False):
                if not _goes_on(before, after):
                    break
                lines.append(after.text)
            text = BREAK.join(lines) + "\n"
        yield Paragraph(text, block.kind, block.level)


def _goes_on(before: Block, after: Block) -> bool:
    plain = before.kind is after.kind is ParagraphKind.PROSE
    return plain and after.element.tag == "div" and after.element.getparent() is before.element


class _Walk:
    """Collects the blocks of an element and of all that it holds."""

    def __init__(self, element: Element, *, in_cell: bool = False) -> None:
        """Start in `element`; in a cell, items have no dash and rows no bars."""
        self.blocks: list[Block] = []
        self._in_cell = in_cell
        self._owners = [element]
        self._pieces: list[str] = []
        self._linked = 0
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
        self._linked = 0

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append(_SPACES.sub(" ", text))

    def _child(self, element: Element) -> None:
        match element.tag:
            case "br":
                self._pieces.append("\n")
            case "hr":
                self.flush()
            case "a":
                before = sum(map(len, self._pieces))
                self.into(element)
                self._linked += max(0, sum(map(len, self._pieces)) - before)
            case "sup":
                self._raised(element)
            case "pre" | "listing" | "xmp":
                self._lines(element)
            case "table" if not is_layout(element):
                self._table(element)
            case "li":
                self._item(element)
            case "figcaption":
                self._block(element, ParagraphKind.CAPTION)
            case tag if tag in _HEADINGS or tag in ("summary", "caption"):
                self._heading(element, _HEADINGS.get(tag, 0))
            case _ if element.get("role") == "heading":
                level = element.get("aria-level") or "2"
                self._heading(element, int(level) if level in "123456" else 0)
            case tag if tag in _BLOCKS or (tag == "button"):
                self._block(element)
            case _:
                self.into(element)

    def _block(self, element: Element, kind: ParagraphKind = ParagraphKind.PROSE) -> None:
        self.flush()
        self._owners.append(element)
        self.into(element)
        self.flush(kind)
        self._owners.pop()

    def _heading(self, element: Element, level: int) -> None:
        text = " ".join("".join(_texts(element)).split())
        if len(text.split()) > _LONGEST_HEADING or self._in_cell:
            self._block(element)
            return
        self.flush()
        if text:
            linked = sum(len("".join(link.itertext())) for link in element.iter("a")) / len(text)
            self.blocks.append(Block(text, element, ParagraphKind.HEADING, level, linked))
            self._marker = ""

    def _item(self, element: Element) -> None:
        self.flush()
        self._marker = "" if self._in_cell else marker_of(element)
        self._block(element)
        self._marker = ""

    def _lines(self, element: Element) -> None:
        """Make a block of each line: no sentence runs on from one to the next."""
        self.flush()
        for line in "".join(_texts(element)).split("\n"):
            if line.strip():
                self.blocks.append(Block(line.strip(), element))

    def _raised(self, element: Element) -> None:
        """Add raised digits as such, so that 10 to the power of 6 is not read as 106."""
        text = "".join(element.itertext()).strip()
        if any(True for _ in element.iter("a")) and text.isdigit():
            self._pieces.append(f" [{text}]")
        elif _RAISED.fullmatch(text):
            self._pieces.append(text.translate(_SUPERSCRIPT))
        else:
            self.into(element)

    def _table(self, table: Element) -> None:
        self.flush()
        self._marker = ""
        for caption in table.iterchildren("caption"):
            self._heading(caption, 0)
        texts: dict[Element, str] = {}
        for row, cells in rows_of(table):
            for cell in cells:
                if cell not in texts:
                    texts[cell] = _cell_text(cell)
            line = [texts[cell] for cell in cells]
            while line and not line[-1]:
                line.pop()
            if line:
                bar = ", " if self._in_cell else " | "
                self.blocks.append(Block(bar.join(line), row))


def _texts(element: Element) -> Iterator[str]:
    """Yield the text of an element whose lines count, a line break for each `br`."""
    for part in element.iter():
        if part.tag == "br":
            yield "\n"
        yield (part.text or "") if isinstance(part.tag, str) else ""
        if part is not element:
            yield part.tail or ""


def _cell_text(cell: Element) -> str:
    """Return the text of a cell in one line; what stands below each other is told apart."""
    walk = _Walk(cell, in_cell=True)
    walk.into(cell)
    walk.flush()
    text = ""
    for block in walk.blocks:
        for i, line in enumerate(block.text.split("\n")):
            text += _gap(text, line, like=not i, head=cell.tag == "th") + line
    return text


def _gap(before: str, after: str, *, like: bool, head: bool) -> str:
    """Return what stands between two lines of a cell: a semicolon between two entries."""
    if not before or not after:
        return ""
    last = before.rpartition("; ")[2]
    like = like or (":" in last and ":" in after) or (_has_digit(last) and _has_digit(after))
    runs_on = head or is_ended(before) or before[-1] in ",;:" or starts_lower(after)
    return "; " if like and not runs_on else " "


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _with_values(blocks: list[Block]) -> Iterator[Block]:
    """Join a term with its description, where both are one block; a question is a heading."""
    skipped = False
    for i, block in enumerate(blocks):
        if skipped:
            skipped = False
            continue
        if _part(block) is None or _part(block).tag != "dt":
            yield block
        elif block.text.endswith("?"):
            yield replace(block, kind=ParagraphKind.HEADING)
        elif _is_label(blocks, i):
            value = blocks[i + 1]
            gap = " " if block.text.endswith(":") else ": "
            yield replace(value, text=block.text + gap + value.text)
            skipped = True
        else:
            yield block


def _is_label(blocks: list[Block], i: int) -> bool:
    if i + 1 == len(blocks) or len(blocks[i].text.split()) > _LONGEST_TERM or is_ended(blocks[i].text):
        return False
    value, after = blocks[i + 1], blocks[i + 2] if i + 2 < len(blocks) else None
    part = _part(value)
    if part is None or part.tag != "dd" or value.kind is not ParagraphKind.PROSE:
        return False
    if is_item(value.text) or "\n" in value.text:
        return False
    below = None if after is None else _part(after)
    return below is None or below.tag == "dt" or below.getparent() is not part.getparent()


def _part(block: Block) -> Element:
    """Return the `dt` or `dd` that holds a block, or None."""
    element = block.element
    while element is not None and element.tag in ("p", "div", "dt", "dd"):
        if element.tag in ("dt", "dd"):
            return element
        element = element.getparent()
    return None
