"""Automatic numbers: what Word writes before a paragraph, though the file holds no such text.

A paragraph names a list and a level in it. The list (`w:num`) names a scheme (`w:abstractNum`) of
up to nine levels, each with a format and a pattern such as "Điều %1." or "%1.%2". Lists of one
scheme count on where the other stopped, unless they say where to start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from retrieval.reading.formats.archive import Element
from retrieval.reading.formats.word.markup import W, child, is_on, number, value
from retrieval.reading.formats.word.number_formats import formatted

BULLET = "-"
_PLACE = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """How the numbers of a level look and count."""

    start: int
    format: str
    pattern: str
    restart: int | None  # the last of the levels above that starts this one anew; 0 is none
    is_legal: bool  # all numbers in digits
    is_hidden: bool  # it counts, and levels below show it in theirs
    style: str  # whose paragraphs are on this level

    @classmethod
    def of(cls, element: Element) -> _Level:
        """Read a `w:lvl`."""
        start = number(element, "start")
        return cls(
            start=1 if start is None else start,
            format=value(element, "numFmt") or "decimal",
            pattern=value(element, "lvlText") or "",
            restart=number(element, "lvlRestart"),
            is_legal=bool(is_on(element, "isLgl")),
            is_hidden=bool(is_on(element, "rPr", "vanish")),
            style=value(element, "pStyle") or "",
        )


@dataclass(frozen=True, slots=True)
class _List:
    """A list: its scheme, its levels, and where some of them start anew."""

    scheme: str
    levels: dict[int, _Level]
    starts: dict[int, int]


@dataclass(slots=True)
class _Count:
    """How far the lists of a scheme have counted, by level."""

    reached: dict[int, int] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)


class Numbering:
    """Counts the numbered paragraphs of a document, which must come in reading order."""

    def __init__(self, part: Element | None) -> None:
        """Read the lists of the part "numbering"; without it nothing is numbered."""
        elements = () if part is None else part
        self._schemes = {
            each.get(W + "abstractNumId", ""): each
            for each in elements
            if each.tag == W + "abstractNum"
        }
        self._elements = {
            each.get(W + "numId", ""): each for each in elements if each.tag == W + "num"
        }
        self._linked = {
            style: identifier
            for identifier, scheme in self._schemes.items()
            if (style := value(scheme, "styleLink"))
        }
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, _Count] = {}

    def label(self, identifier: str, level: int | None, style: str = "") -> str:
        """Count a paragraph in and return its number as shown, `BULLET`, or nothing.

        Args:
            identifier: The list's `w:numId`; "0" takes a paragraph out of all lists.
            level: From 0; None where only the style says so.
            style: The style that puts the paragraph in the list, if one does.
        """
        numbered = self._list(identifier)
        if numbered is None:
            return ""
        if level is None:
            level = _level_of_style(numbered, style)
        if level not in numbered.levels:
            return ""
        count = self._counts.setdefault(numbered.scheme, _Count())
        _count_on(count, numbered, identifier, level)
        return _shown(numbered, level, count.reached)

    def _list(self, identifier: str) -> _List | None:
        if identifier not in self._lists:
            element = self._elements.get(identifier)
            self._lists[identifier] = None if element is None else self._read(element)
        return self._lists[identifier]

    def _read(self, element: Element) -> _List:
        name = value(element, "abstractNumId") or ""
        scheme = self._schemes.get(name)
        link = value(scheme, "numStyleLink")
        if link in self._linked:
            name = self._linked[link]
            scheme = self._schemes[name]
        levels = _levels(() if scheme is None else scheme)
        starts = {}
        for override in element.findall(W + "lvlOverride"):
            at = _depth(override)
            start = number(override, "startOverride")
            if start is not None:
                starts[at] = start
            own = child(override, "lvl")
            if own is not None:
                levels[at] = _Level.of(own)
        return _List(name, levels, starts)


def _levels(scheme: Element) -> dict[int, _Level]:
    return {_depth(each): _Level.of(each) for each in scheme if each.tag == W + "lvl"}


def _depth(element: Element) -> int:
    depth = element.get(W + "ilvl", "0")
    return int(depth) if depth in "0 1 2 3 4 5 6 7 8".split() else 0


def _level_of_style(numbered: _List, style: str) -> int:
    return next((at for at, level in numbered.levels.items() if style and level.style == style), 0)


def _count_on(count: _Count, numbered: _List, identifier: str, level: int) -> None:
    """Count one more on a level, and forget the deeper ones that it starts anew."""
    reached, new = count.reached, (identifier, level) not in count.started
    if new and level in numbered.starts:
        reached[level] = numbered.starts[level]
    elif level in reached:
        reached[level] += 1
    else:
        reached[level] = numbered.levels[level].start
    count.started.add((identifier, level))
    for deeper in [each for each in reached if each > level]:
        own = numbered.levels.get(deeper)
        if own is None or own.restart is None or level < own.restart:
            del reached[deeper]


def _shown(numbered: _List, level: int, reached: dict[int, int]) -> str:
    own = numbered.levels[level]
    if own.is_hidden:
        return ""
    if own.format == "bullet":
        return BULLET

    def filled(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        if at not in numbered.levels:
            return ""
        other = numbered.levels[at]
        style = "decimal" if own.is_legal and other.format != "none" else other.format
        return formatted(reached.get(at, other.start), style)

    return _PLACE.sub(filled, own.pattern).strip()
