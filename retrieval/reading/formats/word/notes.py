"""Foot- and endnotes: each is numbered where it is cited first, and read there."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.reading.formats.archive import Element
from retrieval.reading.formats.word.markup import W, value
from retrieval.reading.formats.word.number_formats import formatted

_STYLES = {"footnote": "decimal", "endnote": "lowerRoman"}  # where the file says nothing else


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its mark as in "[1]", and its content where it is cited first."""

    mark: str
    content: Element | None


class Notes:
    """The notes of a document, numbered in the order in which they are cited."""

    def __init__(
        self, footnotes: Element | None, endnotes: Element | None, settings: Element | None
    ) -> None:
        """Store the parts "footnotes" and "endnotes", and the numbers' formats in "settings"."""
        self._contents = {
            (kind, each.get(W + "id", "")): each
            for kind, part in (("footnote", footnotes), ("endnote", endnotes))
            for each in (() if part is None else part)
            if each.get(W + "type", "normal") == "normal"  # others are lines between text and notes
        }
        self._styles = {
            kind: value(settings, f"{kind}Pr", "numFmt") or style for kind, style in _STYLES.items()
        }
        self._marks: dict[tuple[str, str], str] = {}
        self._counted = dict.fromkeys(_STYLES, 0)

    def cited(self, kind: str, identifier: str, has_mark: bool) -> Note | None:
        """Return the "footnote" or "endnote" with this identifier, or None.

        Args:
            kind: Which of the two it is.
            identifier: Its `w:id`.
            has_mark: The author typed a mark such as "*" there, so it takes no number.
        """
        key = kind, identifier
        if key not in self._contents:
            return None
        if key in self._marks:
            return Note(self._marks[key], None)
        self._marks[key] = "" if has_mark else f"[{self._next(kind)}]"
        return Note(self._marks[key], self._contents[key])

    def _next(self, kind: str) -> str:
        self._counted[kind] += 1
        return formatted(self._counted[kind], self._styles[kind])


NO_NOTES = Notes(None, None, None)
