"""What the head of a file of rich text declares: fonts, styles, code page, title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from retrieval.reading.formats.rtf.charsets import code_page, codec_of
from retrieval.reading.formats.rtf.flow import Look
from retrieval.reading.formats.rtf.state import State, Target

_HEADING = re.compile(r"heading (?P<level>[1-9])", re.IGNORECASE)
_BODY_LEVEL = 9  # the outline level of what is no heading


@dataclass(slots=True)
class Header:
    """Fonts and styles by their numbers, as far as they have been declared."""

    codec: str = "cp1252"
    default_font: int = 0
    title: str = ""
    fonts: dict[int, str] = field(default_factory=dict)
    _codecs: dict[int, str] = field(default_factory=dict)
    _looks: dict[int, Look] = field(default_factory=dict)
    _name: str = ""

    def take_word(self, word: str, number: int | None, state: State) -> None:
        """Take a control word that declares something."""
        if word == "ansicpg":
            self.codec = code_page(number)
        elif word == "deff":
            self.default_font = number or 0
        elif word == "fcharset" and state.target is Target.FONTS:
            self._codecs[state.font] = codec_of(number, self.codec)
        elif word == "cpg" and state.target is Target.FONTS:
            self._codecs[state.font] = code_page(number)

    def take_text(self, text: str, state: State) -> None:
        """Take a part of a name, which a semicolon ends, or of the title."""
        if state.target is Target.TITLE:
            self.title += text
            return
        *ends, self._name = (self._name + text).split(";")
        for end in ends:
            name = " ".join(end.split())
            if state.target is Target.FONTS:
                self.fonts[state.font] = name
            elif state.target is Target.STYLES:
                self._looks[state.style] = _look_of(name, state.level)

    def codec_of(self, font: int) -> str:
        """Return the codec of a font's bytes."""
        return self._codecs.get(font, self.codec)

    def look_of(self, state: State) -> Look:
        """Return what a paragraph is by its style and its own outline level."""
        own = self._looks.get(state.style, Look())
        return own if state.level is None else replace(own, level=_level(state.level))


def _look_of(name: str, level: int | None) -> Look:
    heading = _HEADING.fullmatch(name)
    known = int(heading["level"]) if heading else 0 if level is None else _level(level)
    return Look(known, name.casefold() == "title", name.casefold() == "caption")


def _level(outline_level: int) -> int:
    return outline_level + 1 if 0 <= outline_level < _BODY_LEVEL else 0
