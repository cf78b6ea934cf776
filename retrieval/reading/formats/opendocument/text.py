"""The paragraphs of a text: headings, lists, tables, text boxes and notes, in reading order.

Deleted text stands apart from the text and is not read; hidden text and comments are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from retrieval.reading.cleaning.legacy_encodings import unicode_by_font
from retrieval.reading.draft import Paragraph, ParagraphKind
from retrieval.reading.formats.archive import Element
from retrieval.reading.formats.grid import paragraphs_of
from retrieval.reading.formats.opendocument.names import DRAW, OFFICE, TABLE, TEXT, count
from retrieval.reading.formats.opendocument.numbering import BULLET, Counter
from retrieval.reading.formats.opendocument.styles import Styles
from retrieval.reading.formats.opendocument.tables import Rows

_LONGEST_HEADING = 40  # words; more than that is running text in a heading's style
_MOST_SPACES = 100
_UNSEEN = frozenset(
    (
        OFFICE + "annotation", OFFICE + "forms", TEXT + "tracked-changes", TEXT + "ruby-text",
        TEXT + "sequence-decls", TEXT + "variable-decls", TEXT + "user-field-decls",
        TEXT + "hidden-text", TEXT + "hidden-paragraph",
    )
)  # fmt: skip
_SIGNS = {TEXT + "tab": "\t", TEXT + "line-break": "\n", TEXT + "soft-page-break": ""}
_DASHES = ("-", "–", "—", "•", "+")  # typed by the author behind an automatic bullet


@dataclass(slots=True)
class _Line:
    """A paragraph while it is read: pieces of text by font, boxes that hang on it, its notes."""

    pieces: list[tuple[str, list[str]]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(unicode_by_font("".join(texts), font) for font, texts in self.pieces)

    def add(self, text: str, font: str) -> None:
        """Add text; neighbours in one font become one piece, for VNI splits letters."""
        if self.pieces and self.pieces[-1][0] == font:
            self.pieces[-1][1].append(text)
        elif text:
            self.pieces.append((font, [text]))


class TextReader:
    """Reads blocks in the order in which they are read, for numbers are counted on the way."""

    def __init__(self, styles: Styles) -> None:
        """Store what paragraphs refer to."""
        self._styles = styles
        self._outline = Counter(styles.outline)
        self._lists: dict[str, Counter] = {}
        self.title = ""

    def paragraphs(self, container: Iterable[Element]) -> Iterator[Paragraph]:
        """Yield the paragraphs that these elements show; `title` is then the first so styled."""
        for each in container:
            if each.tag in (TEXT + "p", TEXT + "h"):
                yield from self._paragraph(each, self._outline_label(each))
            elif each.tag == TEXT + "list":
                yield from self._list(each, "", 1)
            elif each.tag == TABLE + "table":
                yield from paragraphs_of(Rows(self.in_one_line).read(each))
            elif each.tag not in _UNSEEN and isinstance(each.tag, str):
                yield from self.paragraphs(each)

    def in_one_line(self, container: Element) -> str:
        """Return the text of a cell, or of another element, in one line."""
        return " ".join(" ".join(each.text for each in self.paragraphs(container)).split())

    def _list(self, element: Element, style: str, level: int) -> Iterator[Paragraph]:
        style = element.get(TEXT + "style-name", "") or style
        goes_on = element.get(TEXT + "continue-numbering") == "true"
        goes_on |= element.get(TEXT + "continue-list") is not None
        if style not in self._lists or (level == 1 and not goes_on):
            self._lists[style] = Counter(self._styles.lists.get(style))
        for item in element.iterchildren(TEXT + "list-item", TEXT + "list-header"):
            yield from self._item(item, style, level)

    def _item(self, item: Element, style: str, level: int) -> Iterator[Paragraph]:
        is_first = item.tag == TEXT + "list-item"
        for each in item:
            if each.tag == TEXT + "list":
                yield from self._list(each, style, level + 1)
            elif each.tag in (TEXT + "p", TEXT + "h"):
                label = ""
                if is_first:
                    start = item.get(TEXT + "start-value")
                    first = count(start, 32_767) if start else None
                    own = style or self._styles.list_of(each.get(TEXT + "style-name", ""))
                    counter = self._lists[style]
                    if counter.style is None:
                        counter.style = self._styles.lists.get(own)
                    label = counter.label(level, first)
                is_first = False
                yield from self._paragraph(each, label)

    def _outline_label(self, element: Element) -> str:
        """Return the number of a heading that stands in no list."""
        if element.tag != TEXT + "h" or element.get(TEXT + "is-list-header") == "true":
            return ""
        return self._outline.label(count(element.get(TEXT + "outline-level"), 10))

    def _paragraph(self, element: Element, label: str) -> Iterator[Paragraph]:
        style = element.get(TEXT + "style-name", "")
        line = _Line()
        if not self._styles.is_hidden("paragraph", style):
            self._walk(element, self._styles.font("paragraph", style) or "", line)
        text = line.text
        notes = " ".join(filter(None, map(self._note, line.notes)))
        if text.strip():
            yield self._told(element, label, text, notes)
        for box in line.boxes:
            yield from self.paragraphs(box)

    def _told(self, element: Element, label: str, text: str, notes: str) -> Paragraph:
        names = self._styles.names(element.get(TEXT + "style-name", ""))
        if label == BULLET and text.lstrip().startswith(_DASHES):
            label = ""
        whole = " ".join(part for part in (label, text.strip(), notes) if part)
        heading = " ".join(f"{label} {text}".split())
        is_short = len(heading.split()) <= _LONGEST_HEADING
        if "Title" in names:
            self.title = self.title or heading
            if is_short:
                return Paragraph(heading, ParagraphKind.HEADING)
        level = self._level(element)
        if level and label != BULLET and is_short and not notes:
            return Paragraph(heading, ParagraphKind.HEADING, level)
        if "Caption" in names:
            return Paragraph(" ".join(whole.split()), ParagraphKind.CAPTION)
        return Paragraph(whole)

    def _level(self, element: Element) -> int:
        if element.tag == TEXT + "h":
            return count(element.get(TEXT + "outline-level"), 10)
        return self._styles.level(element.get(TEXT + "style-name", ""))

    def _walk(self, element: Element, font: str, line: _Line) -> None:
        line.add(element.text or "", font)
        for each in element:
            self._within(each, font, line)
            line.add(each.tail or "", font)

    def _within(self, each: Element, font: str, line: _Line) -> None:
        """Add what an element within a paragraph shows."""
        if each.tag in _SIGNS:
            line.add(_SIGNS[each.tag], font)
        elif each.tag == TEXT + "s":
            line.add(" " * count(each.get(TEXT + "c"), _MOST_SPACES), font)
        elif each.tag == TEXT + "note":
            mark = each.findtext(TEXT + "note-citation") or ""
            line.add(f"[{mark.strip()}]", font)
            line.notes.append(each)
        elif each.tag in (DRAW + "frame", DRAW + "custom-shape", DRAW + "g", DRAW + "rect"):
            line.boxes.append(each)
        elif each.tag == TEXT + "span":
            style = each.get(TEXT + "style-name", "")
            if not self._styles.is_hidden("text", style):
                self._walk(each, self._styles.font("text", style) or font, line)
        elif each.tag not in _UNSEEN and isinstance(each.tag, str):
            self._walk(each, font, line)

    def _note(self, note: Element) -> str:
        body = note.find(TEXT + "note-body")
        text = "" if body is None else TextReader(self._styles).in_one_line(body)
        mark = (note.findtext(TEXT + "note-citation") or "").strip()
        return f"[{mark}] {text}" if text else ""
