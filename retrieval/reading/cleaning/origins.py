"""Where a document comes from, found in its own lines: date, source, address, labelled title.

A label ("Source: …", "Tác giả: …"), a date on its own line and "Theo TTXVN" are taken out of the
text and become metadata. Most of them count only before the first or after the last sentence. Two
labels that contradict each other count for nothing: an unknown origin is better than a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from retrieval.reading.cleaning.dates import iso_date
from retrieval.reading.cleaning.lines import (
    Label,
    attribution_of,
    is_boilerplate,
    is_ended,
    is_heading,
    label_of,
)
from retrieval.reading.draft import Draft, Metadata, Paragraph

_ANYWHERE = ("source", "url")
_DATE_PREFIX = re.compile(
    r"(?:date:?\s+(?P<date>(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?)(?:\s+|$))+", re.IGNORECASE
)
_BYLINE = re.compile(r"By(?: [A-Z][\w.'’-]*){1,4}")
_MOST_LINES = 20  # at each end of a text, that may tell its origin
_YEAR_AND_MONTH = len("2021-09")


class _Place(Enum):
    """Where a line stands: before the first sentence, after the last one, or between."""

    HEAD = auto()
    BODY = auto()
    TAIL = auto()


@dataclass(frozen=True, slots=True)
class _Finding:
    """What a line tells of the document's origin, and what is left of the line."""

    metadata: Metadata = Metadata()
    left: str = ""


def origin_of(paragraphs: list[Paragraph], language: str) -> Draft:
    """Return the paragraphs without the lines that tell the origin, and that origin.

    `language` is the text's, in which dates are read. Of two lines for one field the first counts.
    """
    metadata = Metadata()
    kept: list[Paragraph] = []
    contradicted = _contradicted(paragraphs)
    for paragraph, place in zip(paragraphs, _places(paragraphs), strict=True):
        start = _Finding(left=paragraph.text) if kept else _without_date(paragraph.text)
        finding = _finding(start.left, place, language, contradicted)
        metadata = metadata.filled_from(start.metadata).filled_from(finding.metadata)
        if finding.left:
            kept.append(replace(paragraph, text=finding.left))
    return Draft(tuple(kept), metadata)


def _contradicted(paragraphs: list[Paragraph]) -> set[str]:
    """Return the fields with labels that differ, as below the tables of one document."""
    labels = {label for paragraph in paragraphs if (label := label_of(paragraph.text))}
    fields = [label.field for label in labels]
    return {field for field in _ANYWHERE if fields.count(field) > 1}


def _places(paragraphs: list[Paragraph]) -> list[_Place]:
    texts = [paragraph.text for paragraph in paragraphs]
    ends = [i for i, text in enumerate(texts) if is_ended(text) and not is_heading(text)]
    size = len(paragraphs)
    head = min(ends[0] if ends else size, _MOST_LINES)
    tail = min(size - ends[-1] - 1 if ends else 0, _MOST_LINES)
    return [_Place.HEAD] * head + [_Place.BODY] * (size - head - tail) + [_Place.TAIL] * tail


def _finding(text: str, place: _Place, language: str, contradicted: set[str]) -> _Finding:
    label = label_of(text) or (attribution_of(text) if place is _Place.TAIL else None)
    if label and label.field not in contradicted:
        if place is not _Place.BODY or label.field in _ANYWHERE:
            return _from_label(label, text, language)
    elif place is not _Place.BODY:
        date = iso_date(text, language)
        if len(date) >= _YEAR_AND_MONTH:
            return _Finding(Metadata(date=date))
        if place is _Place.HEAD and _BYLINE.fullmatch(text):
            return _Finding()
    return _Finding(left=text)


def _from_label(label: Label, text: str, language: str) -> _Finding:
    if label.field == "author":
        return _Finding()
    if label.field == "date":
        date = iso_date(label.value, language)
        return _Finding(Metadata(date=date)) if date else _Finding(left=text)
    return _Finding(Metadata(**{label.field: label.value}))


def _without_date(text: str) -> _Finding:
    """Take the date off the start of a text's first line: "date 2021-09 Thứ trưởng …"."""
    prefix = _DATE_PREFIX.match(text)
    if prefix is None:
        return _Finding(left=text)
    left = text[prefix.end() :]
    return _Finding(Metadata(date=prefix["date"]), "" if is_boilerplate(left) else left)
