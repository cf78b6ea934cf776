"""The outline of a draft: how deep each heading stands below the others.

A format tells the levels of its own headings. Those of laws and official papers are told by their
words: parts, chapters, sections, articles. A heading that says neither stands below the one before
that does. A label alone in its line ("Chương II") is joined with the name below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.reading.cleaning.lines import is_structural
from retrieval.reading.draft import Paragraph, ParagraphKind

# Decree 34/2016/NĐ-CP, article 62: phần, chương, mục, tiểu mục, điều. The law of the European
# Union has the same order in English; acts whose articles hold sections have the other.
_RANKS = {
    "phụ lục": 1,
    "annex": 1,
    "phần": 1,
    "part": 1,
    "chương": 2,
    "chapter": 2,
    "mục": 3,
    "section": 3,
    "tiểu mục": 4,
    "điều": 5,
    "article": 5,
}
_BELOW_ARTICLES = 6
_LABEL = re.compile(rf"(?P<kind>{'|'.join(_RANKS)}) (?:thứ )?\w+(?P<name>.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a heading belongs: its rank by its words and its level by its format, 0 if unknown."""

    rank: int
    level: int

    @property
    def is_plain(self) -> bool:
        return not (self.rank or self.level)

    def holds(self, other: _Place) -> bool:
        """Tell whether a heading here stands above a later one there."""
        if self.level and other.level:
            return self.level < other.level
        if self.rank and other.rank:
            return self.rank < other.rank
        if self.is_plain or other.is_plain:
            return not self.is_plain
        return bool(other.rank)  # one that only its format knows closes those known by their words


def with_levels(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Return the paragraphs, labels joined with their names, each heading with its level from 1."""
    whole = _with_names(paragraphs)
    kinds = [_kind(each.text) for each in whole if each.kind is ParagraphKind.HEADING]
    sections_below = "article" in kinds[: kinds.index("section")] if "section" in kinds else False
    ranks = {**_RANKS, "section": _BELOW_ARTICLES} if sections_below else _RANKS
    above: list[_Place] = []
    told: list[Paragraph] = []
    for each in whole:
        if each.kind is ParagraphKind.HEADING:
            place = _Place(ranks.get(_kind(each.text), 0), each.level)
            while above and not above[-1].holds(place):
                above.pop()
            above.append(place)
            told.append(replace(each, level=len(above)))
        else:
            told.append(each)
    return tuple(told)


def _with_names(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    whole: list[Paragraph] = []
    for each in paragraphs:
        is_name = each.kind is ParagraphKind.HEADING and not is_structural(each.text)
        if is_name and whole and whole[-1].kind is each.kind and _is_bare(whole[-1].text):
            whole[-1] = whole[-1].followed_by(each, f"{whole[-1].text} {each.text}")
        else:
            whole.append(each)
    return whole


def _kind(line: str) -> str:
    """Return what part of a paper the heading opens, such as "chương"; empty for none."""
    found = _LABEL.match(line) if is_structural(line) else None
    return found["kind"].casefold() if found else ""


def _is_bare(line: str) -> bool:
    found = _LABEL.match(line) if is_structural(line) else None
    return found is not None and not found["name"].strip(" .:")
