"""The paragraphs of a document's body, a table cell, a text box, a header or a note, in order."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.reading.draft import Paragraph, ParagraphKind
from retrieval.reading.formats.archive import Element
from retrieval.reading.formats.word.markup import (
    PARAGRAPH,
    TABLE,
    W,
    child,
    content_of,
    is_on,
)
from retrieval.reading.formats.word.notes import NO_NOTES, Note, Notes
from retrieval.reading.formats.word.numbering import BULLET, Numbering
from retrieval.reading.formats.word.runs import Line, RunReader
from retrieval.reading.formats.word.styles import Look, Styles
from retrieval.reading.formats.word.tables import rows_of

_LONGEST_HEADING = 40  # words; more than that is running text in a heading's style
_DASHES = ("-", "–", "—", "•", "+")  # typed by the author behind an automatic bullet

Block = Paragraph | list[Paragraph]


class BodyReader:
    """Reads blocks in the order in which they are read, for numbers are counted on the way."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: Notes) -> None:
        """Store what paragraphs refer to."""
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._runs = RunReader(styles, notes)
        self.title = ""

    def paragraphs(self, container: Element) -> Iterator[Paragraph]:
        """Yield the paragraphs, a table's rows among them; `title` is then the first so styled."""
        for block in self.blocks(container):
            if isinstance(block, Paragraph):
                yield block
            else:
                yield from block

    def blocks(self, container: Element) -> Iterator[Block]:
        """Yield the paragraphs, and each table as the list of its rows."""
        begun: list[Line] = []
        for element in content_of(container):
            if element.tag == PARAGRAPH:
                properties = child(element, "pPr")
                look = self._styles.paragraph(properties)
                begun.append(self._runs.line(element, look))
                if not _goes_on(properties):
                    yield from self._shown(begun, properties)
                    begun = []
            elif element.tag == TABLE:
                yield list(rows_of(element, self.blocks))
        if begun:
            yield from self._shown(begun, None)

    def _shown(self, lines: list[Line], properties: Element | None) -> Iterator[Paragraph]:
        """Yield what lines that run into one paragraph show, then their boxes."""
        look = lines[-1].look
        text = "".join(line.text for line in lines)
        notes = " ".join(filter(None, (self._note(n) for line in lines for n in line.notes)))
        if text.strip() or not _is_unseen(properties):
            label = self._numbering.label(look.list, look.list_level, look.list_style)
            if text.strip():
                yield from self._told(look, label, lines, notes)
        for line in lines:
            for box in line.boxes:
                yield from self.paragraphs(box)

    def _told(self, look: Look, label: str, lines: list[Line], notes: str) -> Iterator[Paragraph]:
        """Yield a paragraph that holds text, of its kind, and a heading's notes by themselves."""
        text = "".join(line.text for line in lines)
        unmarked = _one_line(label, "".join(line.unmarked for line in lines))
        if look.is_title and not self.title:
            self.title = unmarked
        is_heading = look.is_title or look.level
        if is_heading and label != BULLET and len(unmarked.split()) <= _LONGEST_HEADING:
            level = 0 if look.is_title else look.level or 0
            yield Paragraph(unmarked, ParagraphKind.HEADING, level)
            if notes:
                yield Paragraph(notes)
        elif look.is_caption:
            yield Paragraph(_one_line(label, text, notes), ParagraphKind.CAPTION)
        else:
            own_dash = label == BULLET and text.lstrip().startswith(_DASHES)
            yield Paragraph(_joined("" if own_dash else label, text, notes))

    def _note(self, note: Note) -> str:
        """Return a note in one line with its mark; nothing where it was read before."""
        if note.content is None:
            return ""
        reader = BodyReader(self._styles, self._numbering, NO_NOTES)  # no note cites another
        read = reader.paragraphs(note.content)
        return _one_line(note.mark, *(paragraph.text for paragraph in read))


def _goes_on(properties: Element | None) -> bool:
    """Tell whether the next paragraph is the rest: its start is an initial, or its end deleted."""
    frame = child(properties, "framePr")
    if frame is not None and frame.get(W + "dropCap", "none") != "none":
        return True
    mark = child(properties, "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None


def _is_unseen(properties: Element | None) -> bool:
    """Tell whether Word shows no line for an empty paragraph: its mark is hidden, or a break."""
    return bool(is_on(properties, "rPr", "vanish")) or child(properties, "sectPr") is not None


def _joined(*parts: str) -> str:
    return " ".join(part.strip(" ") for part in parts if part.strip())


def _one_line(*parts: str) -> str:
    return " ".join(" ".join(parts).split())
