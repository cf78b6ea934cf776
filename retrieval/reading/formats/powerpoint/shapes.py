"""What stands on a slide: its title, text boxes, tables, groups and SmartArt, in reading order.

The order is that of the file, in which screen readers read a slide too, with the title first. Date,
footer and number of a slide are left out, and so are hidden shapes. Names are those of DrawingML
and PresentationML (ECMA-376, part 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from retrieval.reading.draft import Paragraph
from retrieval.reading.formats.archive import Element
from retrieval.reading.formats.grid import Row
from retrieval.reading.formats.grid import paragraphs_of as rows_of
from retrieval.reading.formats.office_package import OfficePackage
from retrieval.reading.formats.presentation import slide_title

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_TITLES = ("title", "ctrTitle")
_FURNITURE = ("dt", "ftr", "hdr", "sldNum", "sldImg")
_BULLETED = ("body", "obj")  # placeholders whose paragraphs have bullets unless they say otherwise
_ON = ("1", "true")
_LONGEST_REPEATED = 300  # characters of a merged cell: a label, not a page of text


class ShapeReader:
    """Reads the shapes of one slide."""

    def __init__(self, paths: Mapping[str, str], package: OfficePackage) -> None:
        """Store the paths of the parts that the slide names, by their identifiers."""
        self._paths = paths
        self._package = package

    def paragraphs(self, slide: Element) -> Iterator[Paragraph]:
        """Yield the paragraphs of a slide, its title first."""
        shapes = list(_shapes(slide.find(f"{P}cSld/{P}spTree")))
        titles = [shape for shape in shapes if _placeholder(shape) in _TITLES]
        title = " ".join(line.text for each in titles for line in _text(each.find(P + "txBody")))
        if title:
            yield slide_title(title)
        for shape in shapes:
            if shape not in titles:
                yield from self._shape(shape)

    def notes(self, notes: Element) -> Iterator[Paragraph]:
        """Yield what the speaker has written below a slide."""
        for shape in _shapes(notes.find(f"{P}cSld/{P}spTree")):
            if _placeholder(shape) == "body":
                yield from _text(shape.find(P + "txBody"))

    def _shape(self, shape: Element) -> Iterator[Paragraph]:
        placeholder = _placeholder(shape)
        if placeholder in _FURNITURE:
            return
        for table in shape.iter(_A + "tbl"):
            yield from rows_of(_rows(table))
        for named in shape.iter(_DIAGRAM + "relIds"):
            yield from self._diagram(named.get(_RELATION + "dm", ""))
        yield from _text(shape.find(P + "txBody"), is_bulleted=placeholder in _BULLETED)

    def _diagram(self, identifier: str) -> Iterator[Paragraph]:
        """Yield the texts of SmartArt, whose data the slide names so."""
        path = self._paths.get(identifier)
        points = self._package.parsed(path).iterfind(f"{_DIAGRAM}ptLst/*") if path else ()
        for point in points:
            yield from _text(point.find(_DIAGRAM + "t"))


def _shapes(tree: Element | None) -> Iterator[Element]:
    """Yield the visible shapes below an element, those in groups among them."""
    for each in () if tree is None else tree:
        look = each.find(f"*/{P}cNvPr")
        if look is not None and look.get("hidden") in _ON:
            continue
        if each.tag == P + "grpSp":
            yield from _shapes(each)
        elif each.tag == _MC + "AlternateContent":
            yield from _shapes(each.find(_MC + "Choice"))
        elif each.tag in (P + "sp", P + "graphicFrame"):
            yield each


def _placeholder(shape: Element) -> str:
    """Return the kind of the placeholder that a shape fills; "" where it fills none."""
    found = shape.find(f"*/{P}nvPr/{P}ph")
    return "" if found is None else str(found.get("type", "obj"))


def _text(body: Element | None, *, is_bulleted: bool = False) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text, with a dash or the number that stands before them."""
    lines = [] if body is None else [(each, _line(each)) for each in body.iterfind(_A + "p")]
    filled = [(each, line) for each, line in lines if line.strip()]
    numbers: dict[str, int] = {}
    for each, line in filled:
        look = each.find(_A + "pPr")
        level = "0" if look is None else look.get("lvl", "0")
        numbers = {above: number for above, number in numbers.items() if above <= level}
        label = _label(look, level, numbers, is_bulleted=is_bulleted and len(filled) > 1)
        yield Paragraph(f"{label} {line}".strip())


def _label(look: Element | None, level: str, numbers: dict[str, int], *, is_bulleted: bool) -> str:
    number = None if look is None else look.find(_A + "buAutoNum")
    if number is None:
        numbers.pop(level, None)
    if number is not None:
        numbers[level] = numbers.get(level, int(number.get("startAt", "1")) - 1) + 1
        return f"{numbers[level]}."
    if look is not None and look.find(_A + "buNone") is not None:
        return ""
    is_marked = look is not None and look.find(_A + "buChar") is not None
    return "-" if is_marked or is_bulleted else ""


def _line(paragraph: Element) -> str:
    """Return the text of a paragraph; a break in it is a break of the line."""
    shown = paragraph.iter(_A + "t", _A + "br")
    texts = ("\n" if each.tag == _A + "br" else each.text or "" for each in shown)
    return "".join(texts).replace("\v", "\n")


def _rows(table: Element) -> list[Row]:
    """Return the rows of a table; what a merged cell says stands in each row that it covers."""
    look = table.find(_A + "tblPr")
    has_heads = look is not None and look.get("firstRow") in _ON
    rows: list[Row] = []
    for each in table.iterfind(_A + "tr"):
        cells = []
        for column, cell in enumerate(each.iterfind(_A + "tc")):
            text = " ".join(" ".join(map(_line, cell.iter(_A + "p"))).split())
            if cell.get("vMerge") in _ON and rows and column < len(rows[-1].cells):
                above = rows[-1].cells[column]
                text = above if len(above) <= _LONGEST_REPEATED else ""
            cells.append(text)
        rows.append(Row(tuple(cells), is_head=has_heads and not rows))
    width = max((len(row.cells) for row in rows), default=0)
    return [Row((*row.cells, *[""] * (width - len(row.cells))), row.is_head) for row in rows]
