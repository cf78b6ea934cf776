"""Where a document comes from, found in its own lines: date, source, address, labelled title.

A label ("Source: …", "Tác giả: …"), a date on its own line and "Theo TTXVN" are copied into the
metadata and stay in the text. Most of them count only before the first or after the last sentence.
Two that contradict each other count for nothing: an unknown origin is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from retrieval.language.words import fold
from retrieval.reading.cleaning.dates import iso_date
from retrieval.reading.cleaning.lines import (
    Label,
    attribution_of,
    is_boilerplate,
    is_byline,
    is_ended,
    is_heading,
    label_of,
)
from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind

_ANYWHERE = ("source", "url")
_ANY_LINK = re.compile(r"(?:link|đường dẫn)\s*:", re.IGNORECASE)  # not of the document itself
_DATE_PREFIX = re.compile(
    r"(?:date:?\s+(?P<date>(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?)(?:\s+|$))+", re.IGNORECASE
)
_DATED = ("ngay", "han", "thoi", "date", "day", "deadline")  # "Ngày khai giảng", "Hạn nộp"
_MOST_LINES = 20  # at each end of a text, that may tell its origin
_YEAR_AND_MONTH = len("2021-09")


class _Place(Enum):
    """Where a line stands: before the first sentence, after the last one, or between."""

    HEAD = auto()
    BODY = auto()
    TAIL = auto()


@dataclass(frozen=True, slots=True)
class _Text:
    """What the rules for one line ask of the whole text."""

    language: str
    contradicted: frozenset[str]
    dates: frozenset[str]  # lines that are a date and count as the document's


def origin_of(paragraphs: list[Paragraph], language: str) -> Draft:
    """Return the paragraphs, those that tell the origin marked as such, and that origin.

    `language` is the text's, in which dates are read. Of two lines for one field the first counts.
    """
    parted = list(_parted(paragraphs))
    places = _places(parted)
    text = _Text(language, _contradicted(parted), _dates_of(parted, places, language))
    metadata, marked = Metadata(), []
    for paragraph, place in zip(parted, places, strict=True):
        found = _found(paragraph.text, place, text)
        if found is not None:
            metadata = metadata.filled_from(found)
            paragraph = replace(paragraph, kind=ParagraphKind.ORIGIN)  # noqa: PLW2901
        marked.append(paragraph)
    return Draft(tuple(marked), metadata)


def _parted(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs; a date at the start of the first one becomes one of its own."""
    for i, paragraph in enumerate(paragraphs):
        prefix = _DATE_PREFIX.match(paragraph.text) if i == 0 else None
        rest = paragraph.text[prefix.end() :] if prefix else ""
        if prefix and rest and not is_boilerplate(rest):
            yield paragraph.part(prefix[0].strip(), 0)
            yield paragraph.part(rest, len(prefix[0].split()))
        else:
            yield paragraph


def _contradicted(paragraphs: list[Paragraph]) -> frozenset[str]:
    """Return the fields with labels that differ, as below the tables of one document."""
    labels = {label for paragraph in paragraphs if (label := label_of(paragraph.text))}
    fields = [label.field for label in labels]
    return frozenset(field for field in _ANYWHERE if fields.count(field) > 1)


def _dates_of(paragraphs: list[Paragraph], places: list[_Place], language: str) -> frozenset[str]:
    """Return the lines that are nothing but the document's date.

    A date below "Ngày khai giảng" is not, nor is one of several different dates before the text.
    """
    found: dict[_Place, dict[str, str]] = {_Place.HEAD: {}, _Place.TAIL: {}}
    above = ""
    for paragraph, place in zip(paragraphs, places, strict=True):
        date = iso_date(paragraph.text, language) if place is not _Place.BODY else ""
        if len(date) >= _YEAR_AND_MONTH and not fold(above).startswith(_DATED):
            found[place][paragraph.text] = date
        above = paragraph.text
    single = [dates for dates in found.values() if len(set(dates.values())) == 1]
    return frozenset(line for dates in single for line in dates)


def _places(paragraphs: list[Paragraph]) -> list[_Place]:
    texts = [paragraph.text for paragraph in paragraphs]
    ends = [i for i, text in enumerate(texts) if is_ended(text) and not is_heading(text)]
    size = len(paragraphs)
    head = min(ends[0] if ends else size, _MOST_LINES)
    tail = min(size - ends[-1] - 1 if ends else 0, _MOST_LINES)
    return [_Place.HEAD] * head + [_Place.BODY] * (size - head - tail) + [_Place.TAIL] * tail


def _found(line: str, place: _Place, text: _Text) -> Metadata | None:
    """Return what the line tells of the document's origin, or None where it tells nothing."""
    label = label_of(line) or (attribution_of(line) if place is _Place.TAIL else None)
    if label and label.field not in text.contradicted:
        if place is not _Place.BODY or (label.field in _ANYWHERE and not _ANY_LINK.match(line)):
            return _from_label(label, text.language)
    elif place is not _Place.BODY:
        prefix = _DATE_PREFIX.fullmatch(line)
        if prefix or line in text.dates:
            return Metadata(date=prefix["date"] if prefix else iso_date(line, text.language))
        if place is _Place.HEAD and is_byline(line):
            return Metadata()
    return None


def _from_label(label: Label, language: str) -> Metadata | None:
    if label.field == "author":
        return Metadata()
    if label.field == "date":
        date = iso_date(label.value, language)
        return Metadata(date=date) if date else None
    return Metadata(**{label.field: label.value})
