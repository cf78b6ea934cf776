"""The text of a paragraph, as its final state shows it.

Text lies in runs, and runs lie in hyperlinks, content controls, smart tags and tracked insertions.
What is deleted or moved away, hidden text, comments and the instructions of fields are left out.
Text boxes that hang on the paragraph and notes that it cites are handed on to the caller.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from retrieval.reading.cleaning.legacy_encodings import unicode_by_font
from retrieval.reading.formats.archive import Element
from retrieval.reading.formats.word.markup import (
    ALTERNATIVES,
    RUN,
    TEXT_BOX,
    M,
    W,
    shown_alternative,
)
from retrieval.reading.formats.word.notes import Note, Notes
from retrieval.reading.formats.word.styles import Look, Styles
from retrieval.reading.formats.word.symbols import is_symbol_font, signs_of

_UNSEEN = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "delText", "delInstrText", "instrText", "pPr", "rPr", "sdtPr", "rt",
    )
)  # fmt: skip
_CHARACTERS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n",
    W + "noBreakHyphen": "-", W + "softHyphen": "\xad",
}  # fmt: skip
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_BEFORE_PART = {M + "den": "/", M + "sup": "^"}  # or 1/2 would read 12
_NO_SIGN = re.compile("[\xad\uf000-\uf0ff]")  # soft hyphens, and signs of fonts not known
_MARK = "\0"  # stands for a font where the piece is the mark of a note


@dataclass(slots=True)
class Line:
    """A paragraph while it is read: pieces of text by font, boxes, notes and open fields."""

    look: Look
    pieces: list[tuple[str, list[str]]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    _fields: list[bool] = field(default_factory=list)  # whether its result has begun
    _instructions: int = 0

    @property
    def text(self) -> str:
        """The text with the marks of its notes."""
        return "".join(_shown("".join(texts), font) for font, texts in self.pieces)

    @property
    def unmarked(self) -> str:
        """The text without the marks of its notes."""
        pieces = (piece for piece in self.pieces if piece[0] != _MARK)
        return "".join(_shown("".join(texts), font) for font, texts in pieces)

    @property
    def in_instruction(self) -> bool:
        """Whether what comes now is a field within the instruction of another field."""
        open_last = bool(self._fields) and not self._fields[-1]
        return self._instructions > open_last

    def add(self, text: str, font: str = "") -> None:
        """Add text; neighbours in one font become one piece, for VNI splits letters."""
        if self.pieces and self.pieces[-1][0] == font:
            self.pieces[-1][1].append(text)
        elif text:
            self.pieces.append((font, [text]))

    def turn(self, kind: str) -> None:
        """Note that a field begins, that its result does, or that it ends."""
        if kind == "begin":
            self._fields.append(False)
            self._instructions += 1
        elif kind == "separate" and self._fields and not self._fields[-1]:
            self._fields[-1] = True
            self._instructions -= 1
        elif kind == "end" and self._fields:
            self._instructions -= not self._fields.pop()


class RunReader:
    """Reads the text of paragraphs."""

    def __init__(self, styles: Styles, notes: Notes) -> None:
        """Store what tells how runs look and which notes they cite."""
        self._styles = styles
        self._notes = notes

    def line(self, paragraph: Element, look: Look) -> Line:
        """Return what a paragraph with this look shows."""
        line = Line(look)
        self._walk(paragraph, line)
        return line

    def _walk(self, element: Element, line: Line) -> None:
        for each in element:
            if each.tag in _UNSEEN:
                continue
            if each.tag == RUN:
                self._run(each, line)
            elif each.tag == TEXT_BOX:
                line.boxes.append(each)
            elif each.tag == ALTERNATIVES:
                self._walk(shown_alternative(each), line)
            elif each.tag == M + "t":
                line.add(each.text or "")
            else:
                line.add(_BEFORE_PART.get(each.tag, ""))
                self._walk(each, line)

    def _run(self, run: Element, line: Line) -> None:
        is_hidden, font = self._styles.run(run.find(W + "rPr"), line.look)
        for each in run:
            if each.tag == W + "fldChar":
                line.turn(each.get(W + "fldCharType", ""))
            elif not (is_hidden or line.in_instruction or each.tag in _UNSEEN):
                self._piece(each, font, line)

    def _piece(self, each: Element, font: str, line: Line) -> None:
        """Add what an element of a run shows."""
        if each.tag == W + "t":
            line.add(each.text or "", font)
        elif each.tag in _CHARACTERS:
            line.add(_CHARACTERS[each.tag], font)
        elif each.tag == W + "sym":
            _add_symbol(each, line)
        elif each.tag in _NOTES:
            self._cite(each, line)
        elif each.tag == ALTERNATIVES:
            self._walk(shown_alternative(each), line)
        else:
            self._walk(each, line)

    def _cite(self, reference: Element, line: Line) -> None:
        note = self._notes.cited(
            _NOTES[reference.tag],
            reference.get(W + "id", ""),
            has_mark=reference.get(W + "customMarkFollows", "0") not in ("0", "false"),
        )
        if note is not None:
            line.add(note.mark, _MARK)
            line.notes.append(note)


def _add_symbol(symbol: Element, line: Line) -> None:
    try:
        character = chr(int(symbol.get(W + "char", ""), 16))
    except (ValueError, OverflowError):
        return
    line.add(character, symbol.get(W + "font", ""))


def _shown(text: str, font: str) -> str:
    """Return what a font shows for a piece of text."""
    if is_symbol_font(font):
        return signs_of(text, font)
    return _NO_SIGN.sub("", unicode_by_font(text, font))
