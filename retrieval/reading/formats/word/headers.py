"""The header of the first page, where it is a letterhead and no running head."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.reading.draft import Paragraph
from retrieval.reading.formats.archive import Element
from retrieval.reading.formats.office_package import OfficePackage
from retrieval.reading.formats.word.body import BodyReader
from retrieval.reading.formats.word.markup import W, is_on
from retrieval.reading.formats.word.tables import SEPARATOR

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LEAST_LINES = 3  # of a letterhead; a running head is a title, a name or a page number


def letterhead(
    package: OfficePackage, document: Element, reader: BodyReader
) -> Iterator[Paragraph]:
    """Yield the paragraphs of the first page's header, or none.

    A header for the first page alone is a part of the text. One that stands on every page is so
    where it has as many lines or cells as a letterhead.
    """
    section = next(document.iter(W + "sectPr"), None)
    if section is None:
        return
    headers = {
        each.get(W + "type", "default"): each.get(_RELATION, "")
        for each in section.findall(W + "headerReference")
    }
    is_first_only = bool(is_on(section, "titlePg"))
    part = package.part_by_id(headers.get("first" if is_first_only else "default", ""))
    if part is None:
        return
    paragraphs = list(reader.paragraphs(part))
    if is_first_only or _lines(paragraphs) >= _LEAST_LINES:
        yield from paragraphs


def _lines(paragraphs: list[Paragraph]) -> int:
    lines = (line for each in paragraphs for line in each.text.split("\n"))
    return sum(bool(cell.strip()) for line in lines for cell in line.split(SEPARATOR))
