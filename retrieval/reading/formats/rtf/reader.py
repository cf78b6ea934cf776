"""The reader of rich text: it takes one token after the other and knows which groups are open."""

from __future__ import annotations

from dataclasses import replace

from retrieval.reading.cleaning.lines import is_title
from retrieval.reading.draft import Draft, Metadata
from retrieval.reading.formats.rtf.flow import Cells, Flow
from retrieval.reading.formats.rtf.header import Header
from retrieval.reading.formats.rtf.state import State, Target
from retrieval.reading.formats.rtf.tokens import Kind, Token, tokens_of

_SIGNS = {"~": "\xa0", "_": "-", "\n": "\n", "\r": "\n", "\\": "\\", "{": "{", "}": "}"}
_CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",  # noqa: RUF001
    "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SKIPPED = frozenset(
    "annotation atnauthor atnid bkmkend bkmkstart colortbl comment datafield datastore fldinst "
    "filetbl footerf footerl footerr footer headerf headerl headerr header keywords listtable "
    "listoverridetable nonesttables objdata pict private sn sp sv tc template themedata xe".split()
)
_TARGETS = {
    "fonttbl": Target.FONTS,
    "stylesheet": Target.STYLES,
    "info": Target.INFO,
    "listtext": Target.LABEL,
    "pntext": Target.LABEL,
}
_FLOWS = ("footnote", "shptxt", "dptxbxtext")
_NOTE = "footnote"
_READ = frozenset(("shpinst", *_TARGETS, *_FLOWS))  # starred groups that are read all the same


def read(data: bytes) -> Draft:
    """Return the paragraphs of a file of rich text, with the title it is styled or filed with.

    Raises ValueError where it is no rich text.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ValueError("it does not begin as rich text does")
    reader = _Reader()
    for token in tokens_of(data):
        reader.take(token)
    return reader.draft()


class _Reader:
    """Takes tokens; text goes to the flow that was opened last."""

    def __init__(self) -> None:
        self._header = Header()
        self._state = State()
        self._outer: list[State] = []
        self._flows = [Flow()]
        self._opened: dict[int, str] = {}  # flows by the depth of their groups
        self._cells = Cells()
        self._label = ""
        self._bytes = bytearray()
        self._high = 0  # the first half of a character beyond U+FFFF
        self._to_skip = 0
        self._is_starred = False
        self._count_of_notes = 0

    def draft(self) -> Draft:
        """Return what was read, also of a file that is cut off."""
        self._flush()
        while self._outer:
            self._close()
        (flow,) = self._flows
        paragraphs = tuple(flow.end(self._header.look_of(self._state)))
        filed = " ".join(self._header.title.split())
        return Draft(paragraphs, Metadata(title=flow.title or (filed if is_title(filed) else "")))

    def take(self, token: Token) -> None:
        """Take the next token."""
        if token.kind is Kind.TEXT:
            self._take_bytes(token)
            return
        self._flush()
        match token.kind:
            case Kind.OPEN:
                self._outer.append(self._state)
            case Kind.CLOSE:
                self._close()
            case Kind.SIGN:
                self._take_sign(token.name)
            case Kind.WORD:
                self._take_word(token.name, token.number)

    def _take_bytes(self, token: Token) -> None:
        text = token.text[self._to_skip :]
        self._to_skip = max(0, self._to_skip - len(token.text))
        self._bytes += text
        self._is_starred = False

    def _flush(self) -> None:
        """Decode the bytes that have come, in the code page of their font."""
        if self._bytes:
            self._add(self._bytes.decode(self._header.codec_of(self._state.font), "replace"))
            self._bytes.clear()
        self._to_skip = 0

    def _add(self, text: str) -> None:
        state = self._state
        match state.target:
            case Target.TEXT if not (state.is_hidden or state.is_deleted):
                self._flows[-1].add(text, self._header.fonts.get(state.font, ""))
            case Target.LABEL:
                self._label += text
            case Target.FONTS | Target.STYLES | Target.TITLE:
                self._header.take_text(text, state)

    def _take_sign(self, sign: str) -> None:
        self._is_starred = sign == "*"
        if self._state.target is not Target.NOWHERE:
            self._add(_SIGNS.get(sign, ""))

    def _take_word(self, word: str, number: int | None) -> None:
        is_unknown = (self._is_starred and word not in _READ) or word in _SKIPPED
        self._is_starred = False
        if is_unknown:
            self._state = replace(self._state, target=Target.NOWHERE)
        if self._state.target is Target.NOWHERE:
            return
        if word == "u":
            self._take_unicode((number or 0) % 0x10000)
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word in _TARGETS or (word == "title" and self._state.target is Target.INFO):
            self._state = replace(self._state, target=_TARGETS.get(word, Target.TITLE))
        elif word in _FLOWS:
            self._open_flow(word)
        else:
            self._state = self._state.changed_by(word, number, self._header.default_font)
            self._header.take_word(word, number, self._state)
            self._lay_out(word, number)

    def _take_unicode(self, code: int) -> None:
        if 0xDC00 <= code < 0xE000 and self._high:
            code += 0x10000 - 0xDC00 + ((self._high - 0xD800) << 10)
        self._high = code if 0xD800 <= code < 0xDC00 else 0
        if not 0xD800 <= code < 0xE000:
            self._add(chr(code))
        self._to_skip = self._state.skipped

    def _lay_out(self, word: str, number: int | None) -> None:
        """End paragraphs, cells and rows, and take a row's definition."""
        if self._state.target is not Target.TEXT:
            return
        flow = self._flows[-1]
        match word:
            case "par" | "sect" | "page" | "column":
                look = self._header.look_of(self._state)
                flow.end_paragraph(look, in_table=self._state.in_table)
            case "cell":
                flow.end_cell()
            case "nestcell":
                flow.add("; ", "")
            case "row":
                flow.end_row(self._cells)
            case "trowd":
                self._cells = Cells()
            case "chftn" if not self._opened:
                flow.add(f"[{self._count_of_notes + 1}]", "")
            case _:
                self._cells.take_word(word, number)

    def _open_flow(self, word: str) -> None:
        if self._state.target is Target.TEXT:
            self._flows.append(Flow())
            self._opened[len(self._outer)] = word
            self._state = replace(self._state, in_table=False)

    def _close(self) -> None:
        """End a group, and the label or the flow that it held."""
        if not self._outer:
            return
        if word := self._opened.pop(len(self._outer), ""):
            self._end_flow(word)
        font = self._header.fonts.get(self._state.font, "")
        self._state = self._outer.pop()
        if self._label and self._state.target is not Target.LABEL:
            self._flows[-1].add_label(self._label, font)
            self._label = ""

    def _end_flow(self, word: str) -> None:
        paragraphs = self._flows.pop().end(self._header.look_of(self._state))
        if word != _NOTE:
            self._flows[-1].add_after(paragraphs)
            return
        self._count_of_notes += 1
        if text := " ".join(" ".join(paragraph.text for paragraph in paragraphs).split()):
            self._flows[-1].add_note(f"[{self._count_of_notes}] {text}")
