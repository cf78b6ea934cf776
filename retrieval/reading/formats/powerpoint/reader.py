"""The reader of presentations: the slides in order, each with its notes."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.reading.draft import Draft, Paragraph
from retrieval.reading.formats.archive import Element
from retrieval.reading.formats.office_package import OfficePackage
from retrieval.reading.formats.powerpoint.shapes import P, ShapeReader
from retrieval.reading.formats.presentation import Slide, draft_of_slides

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OFF = ("0", "false")


def read(data: bytes) -> Draft:
    """Return the paragraphs of a presentation's visible slides, with its title.

    Raises:
        UnreadableError: It is encrypted, or unpacks to too much.
        Exception: It is damaged.
    """
    package = OfficePackage.opened(data)
    return draft_of_slides(list(_slides(package)), package.title)


def _slides(package: OfficePackage) -> Iterator[Slide]:
    for each in package.document.iterfind(f"{P}sldIdLst/{P}sldId"):
        if path := package.path_by_id(each.get(_RELATION, "")):
            slide = package.parsed(path)
            is_hidden = slide.get("show", "1") in _OFF
            yield Slide(tuple(_paragraphs(slide, path, package)), is_hidden)


def _paragraphs(slide: Element, path: str, package: OfficePackage) -> Iterator[Paragraph]:
    relations = package.relations(path)
    reader = ShapeReader({key: each.path for key, each in relations.items()}, package)
    yield from reader.paragraphs(slide)
    if (notes := package.first(relations, "notesSlide")) is not None:
        yield from reader.notes(notes)
