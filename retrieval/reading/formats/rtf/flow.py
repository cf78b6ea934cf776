"""A flow of text while it is read: the body, a footnote or a text box, with its tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from retrieval.reading.cleaning.legacy_encodings import unicode_by_font
from retrieval.reading.draft import Paragraph, ParagraphKind
from retrieval.reading.formats.grid import Row, paragraphs_of
from retrieval.reading.formats.word.symbols import is_symbol_font, signs_of

_LONGEST_HEADING = 40  # words; more than that is running text in a heading's style
_LONGEST_REPEATED = 300  # characters of a merged cell: a label, not a page of text
DOWN, ACROSS = "down", "across"  # how a cell goes on from one above or to the left
_JITTER = 60  # twips; edges of cells that are nearer stand below each other


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph is by its style: a heading's level from 1, or 0."""

    level: int = 0
    is_title: bool = False
    is_caption: bool = False


@dataclass(slots=True)
class Cells:
    """The cells that a row's definition names: right edges, and which go on from above or left."""

    is_head: bool = False
    left: int = 0
    edges: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    _next_merge: str = ""

    def take_word(self, word: str, number: int | None) -> None:
        """Take a control word of the definition; others change nothing."""
        match word:
            case "trhdr":
                self.is_head = True
            case "trleft":
                self.left = number or 0
            case "clvmrg":
                self._next_merge = DOWN
            case "clmrg":
                self._next_merge = ACROSS
            case "cellx":
                self.edges.append(number or 0)
                self.merged.append(self._next_merge)
                self._next_merge = ""


@dataclass(slots=True)
class Flow:
    """Paragraphs that are read, the one that is being read, and the rows of an open table."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    title: str = ""
    _pieces: list[tuple[str, list[str]]] = field(default_factory=list)
    _label: str = ""
    _notes: list[str] = field(default_factory=list)
    _after: list[Paragraph] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _rows: list[tuple[dict[int, str], bool]] = field(default_factory=list)

    def add(self, text: str, font: str) -> None:
        """Add text; neighbours in one font become one piece, for VNI splits letters."""
        if self._pieces and self._pieces[-1][0] == font:
            self._pieces[-1][1].append(text)
        elif text:
            self._pieces.append((font, [text]))

    def add_label(self, text: str, font: str) -> None:
        """Set the number or bullet that stands before the paragraph."""
        label = " ".join(text.split())
        is_sign = is_symbol_font(font) or label == "o" or not any(map(str.isalnum, label))
        self._label = "-" if label and is_sign else label

    def add_note(self, text: str) -> None:
        """Add a footnote, which stands at the paragraph's end."""
        self._notes.append(text)

    def add_after(self, paragraphs: list[Paragraph]) -> None:
        """Add the paragraphs of a text box, which stand below."""
        self._after += paragraphs

    def end_paragraph(self, look: Look, *, in_table: bool) -> None:
        """End the paragraph; within a table it is a part of its cell."""
        if in_table:
            self.add(" ", "")
            return
        self.end_table()
        text = self._taken()
        if text.strip():
            self.paragraphs.append(self._told(text, look))
        self._end_boxes()

    def end_cell(self) -> None:
        """End a cell of the row."""
        self._cells.append(" ".join(self._taken().split()))

    def end_row(self, cells: Cells) -> None:
        """End a row, whose cells stand where its definition says."""
        row: dict[int, str] = {}
        left = cells.left
        for i, text in enumerate(self._cells):
            merged = cells.merged[i] if i < len(cells.merged) else ""
            column = round(left / _JITTER)
            if merged == DOWN and self._rows:
                above = self._rows[-1][0].get(column, "")
                text = above if len(above) <= _LONGEST_REPEATED else ""
            if merged != ACROSS:
                row[column] = text
            left = cells.edges[i] if i < len(cells.edges) else left + 10 * _JITTER
        self._rows.append((row, cells.is_head))
        self._cells = []

    def end_table(self) -> None:
        """End the table, if one is open."""
        columns = sorted({column for row, _ in self._rows for column in row})
        rows = [
            Row(tuple(row.get(column, "") for column in columns), is_head)
            for row, is_head in self._rows
        ]
        told = (Row(row.cells, row.is_head and not row.is_line) for row in rows)
        self.paragraphs += paragraphs_of(told)
        self._rows = []

    def end(self, look: Look) -> list[Paragraph]:
        """End the flow and return its paragraphs."""
        self.end_paragraph(look, in_table=False)
        return self.paragraphs

    def _taken(self) -> str:
        text = "".join(_shown("".join(texts), font) for font, texts in self._pieces)
        parts = (self._label, text.strip(), *self._notes)
        self._pieces, self._label, self._notes = [], "", []
        return " ".join(part for part in parts if part)

    def _end_boxes(self) -> None:
        self.paragraphs += self._after
        self._after = []

    def _told(self, text: str, look: Look) -> Paragraph:
        line = " ".join(text.split())
        is_short = len(line.split()) <= _LONGEST_HEADING
        if look.is_title and is_short:
            self.title = self.title or line
            return Paragraph(line, ParagraphKind.HEADING)
        if look.level and is_short and not line.startswith("- "):
            return Paragraph(line, ParagraphKind.HEADING, look.level)
        return Paragraph(line, ParagraphKind.CAPTION) if look.is_caption else Paragraph(text)


def _shown(text: str, font: str) -> str:
    """Return what a font shows for a piece of text."""
    return signs_of(text, font) if is_symbol_font(font) else unicode_by_font(text, font)
