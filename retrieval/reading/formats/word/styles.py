"""What a paragraph's and a run's style say of it: heading or caption, numbered, hidden, font.

A style is known by its name and its identifier, for programs translate one or the other
("Überschrift 1" with the identifier "Heading1"). What it does not say itself it takes from the
style that it is based on. An outline level makes a heading whatever the style is called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from retrieval.reading.formats.archive import Element
from retrieval.reading.formats.word.markup import W, child, is_on, number, value

_BODY = 9  # the outline level of what is no heading
_LONGEST_CHAIN = 30  # styles based on one another; Word allows about ten
_HEADING = re.compile(r"heading ?(?P<level>[1-9])")

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says, that of those it is based on included.

    `level` is a heading's from 1, 0 for other paragraphs, None where nothing is said. `list_level`
    is None where only the list knows it; `list_style` is the style that names the list.
    """

    level: int | None = None
    is_title: bool = False
    is_caption: bool = False
    list: str = ""
    list_level: int | None = None
    list_style: str = ""
    is_hidden: bool | None = None
    font: str | None = None


class Styles:
    """The styles of a document; each is looked up once."""

    def __init__(self, part: Element | None) -> None:
        """Read the part "styles"; without it no paragraph has a style."""
        styles = [] if part is None else part.findall(W + "style")
        self._styles = {style.get(W + "styleId", ""): style for style in styles}
        self._default = next(
            (
                style.get(W + "styleId", "")
                for style in styles
                if style.get(W + "type") == "paragraph"
                and style.get(W + "default") in ("1", "true")
            ),
            "",
        )
        self._font = font_of(child(part, "docDefaults", "rPrDefault", "rPr"))
        self._looks: dict[str, Look] = {}

    def paragraph(self, properties: Element | None) -> Look:
        """Return the look of a paragraph with these `w:pPr`, its own settings first."""
        style = self.named(value(properties, "pStyle") or self._default)
        level = _level(number(properties, "outlineLvl"))
        numbers = child(properties, "numPr")
        if level is None and numbers is None:
            return style
        named = value(numbers, "numId")
        own_level = number(numbers, "ilvl")
        return Look(
            level=style.level if level is None else level,
            is_title=style.is_title,
            is_caption=style.is_caption,
            list=style.list if named is None else named,
            list_level=(style.list_level if named is None else 0)
            if own_level is None
            else own_level,
            list_style=style.list_style if named is None else "",
            is_hidden=style.is_hidden,
            font=style.font,
        )

    def run(self, properties: Element | None, paragraph: Look) -> tuple[bool, str]:
        """Return whether a run with these `w:rPr` is hidden, and the name of its font."""
        if properties is None:
            return bool(paragraph.is_hidden), paragraph.font or self._font or ""
        name = value(properties, "rStyle")
        style = self.named(name) if name else Look()
        hidden = is_on(properties, "vanish"), style.is_hidden, paragraph.is_hidden
        fonts = font_of(properties), style.font, paragraph.font, self._font
        return bool(_first(hidden)), _first(fonts) or ""

    def named(self, identifier: str) -> Look:
        """Return the look of a style; of one that is not there, an empty look."""
        if identifier not in self._looks:
            self._looks[identifier] = self._look(list(self._chain(identifier)))
        return self._looks[identifier]

    def _chain(self, identifier: str) -> Iterator[Element]:
        """Yield a style and those it is based on; a damaged file may close the chain to a ring."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(identifier)
            if style is None:
                return
            yield style
            identifier = value(style, "basedOn") or ""

    def _look(self, chain: list[Element]) -> Look:
        def nearest(says: Callable[[Element], Found | None]) -> Found | None:
            return _first(says(style) for style in chain)

        names = [_names(style) for style in chain]
        return Look(
            level=nearest(_style_level),
            is_title=any("title" in each for each in names),
            is_caption=any("caption" in each for each in names),
            list=nearest(lambda style: value(style, "pPr", "numPr", "numId")) or "",
            list_level=nearest(lambda style: number(style, "pPr", "numPr", "ilvl")),
            list_style=nearest(_list_style) or "",
            is_hidden=nearest(lambda style: is_on(style, "rPr", "vanish")),
            font=nearest(lambda style: font_of(child(style, "rPr"))),
        )


def font_of(properties: Element | None) -> str | None:
    """Return the font that `w:rPr` sets for Latin letters; "" is one that the theme names."""
    fonts = child(properties, "rFonts")
    if fonts is None:
        return None
    for slot in ("hAnsi", "ascii"):
        if fonts.get(W + slot + "Theme"):
            return ""
        if fonts.get(W + slot):
            return str(fonts.get(W + slot))
    return None


def _first(values: Iterable[Found | None]) -> Found | None:
    """Return the first that is said."""
    return next((each for each in values if each is not None), None)


def _names(style: Element) -> tuple[str, str]:
    """Return the name and the identifier of a style, in small letters."""
    return (value(style, "name") or "").lower(), style.get(W + "styleId", "").lower()


def _level(outline: int | None) -> int | None:
    if outline is None:
        return None
    return outline + 1 if outline < _BODY else 0


def _style_level(style: Element) -> int | None:
    level = _level(number(style, "pPr", "outlineLvl"))
    if level is not None:
        return level
    found = next(filter(None, map(_HEADING.fullmatch, _names(style))), None)
    return int(found["level"]) if found else None


def _list_style(style: Element) -> str | None:
    has_list = value(style, "pPr", "numPr", "numId") is not None
    return str(style.get(W + "styleId", "")) if has_list else None
