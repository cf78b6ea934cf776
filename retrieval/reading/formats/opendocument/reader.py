"""The reader of OpenDocument: what its body is decides how it is read."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.reading.cleaning.lines import is_title
from retrieval.reading.draft import Draft, Metadata, Paragraph
from retrieval.reading.formats.archive import Archive, Element
from retrieval.reading.formats.opendocument.names import (
    DRAW,
    OFFICE,
    PRESENTATION,
    TABLE,
)
from retrieval.reading.formats.opendocument.styles import Styles
from retrieval.reading.formats.opendocument.tables import Rows
from retrieval.reading.formats.opendocument.text import TextReader
from retrieval.reading.formats.presentation import Slide, draft_of_slides, slide_title
from retrieval.reading.formats.workbook import Sheet, draft_of_sheets
from retrieval.refusals import Cause, UnreadableError

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_FURNITURE = ("date-time", "footer", "header", "page-number", "page")


def read(data: bytes) -> Draft:
    """Return the paragraphs of a text, the rows of a spreadsheet or the slides of a presentation.

    Raises:
        UnreadableError: It is encrypted, or unpacks to too much.
        Exception: It is damaged.
    """
    archive = Archive.opened(data)
    _refuse_encrypted(archive)
    content = archive.parsed("content.xml")
    roots = [archive.parsed("styles.xml")] if "styles.xml" in archive.names else []
    styles = Styles([*roots, content])
    title = _filed_title(archive)
    body = next(child for child in content.find(OFFICE + "body") if isinstance(child.tag, str))
    match body.tag.removeprefix(OFFICE):
        case "spreadsheet":
            return draft_of_sheets(list(_sheets(body, styles)), title)
        case "presentation":
            return draft_of_slides(list(_slides(body, styles)), title)
        case _:
            return _text(body, styles, title)


def _refuse_encrypted(archive: Archive) -> None:
    """Raise UnreadableError where the manifest says so; it is often no well-formed XML."""
    path = "META-INF/manifest.xml"
    if path in archive.names and b"encryption-data" in archive.content(path):
        raise UnreadableError(Cause.ENCRYPTED)


def _filed_title(archive: Archive) -> str:
    if "meta.xml" not in archive.names:
        return ""
    return " ".join((archive.parsed("meta.xml").findtext(f".//{_TITLE}") or "").split())


def _text(body: Element, styles: Styles, filed: str) -> Draft:
    reader = TextReader(styles)
    paragraphs = tuple(reader.paragraphs(body))
    title = reader.title or (filed if is_title(filed) else "")
    return Draft(paragraphs, Metadata(title=title))


def _sheets(body: Element, styles: Styles) -> Iterator[Sheet]:
    reader = TextReader(styles)
    for table in body.iterchildren(TABLE + "table"):
        rows = Rows(reader.in_one_line)
        yield Sheet(
            table.get(TABLE + "name", ""),
            tuple(rows.read(table)),
            styles.is_table_hidden(table.get(TABLE + "style-name", "")),
            rows.has_hidden_cells,
        )


def _slides(body: Element, styles: Styles) -> Iterator[Slide]:
    for page in body.iterchildren(DRAW + "page"):
        is_hidden = styles.is_page_hidden(page.get(DRAW + "style-name", ""))
        yield Slide(tuple(_on_slide(page, TextReader(styles))), is_hidden)


def _on_slide(page: Element, reader: TextReader) -> Iterator[Paragraph]:
    """Yield the title of a slide, then what else stands on it, then its notes."""
    frames = [each for each in page if isinstance(each.tag, str)]
    titles = [each for each in frames if _kind(each) == "title"]
    if title := " ".join(map(reader.in_one_line, titles)):
        yield slide_title(title)
    notes = [each for each in frames if each.tag == PRESENTATION + "notes"]
    for frame in frames:
        if frame not in titles and frame not in notes and _kind(frame) not in _FURNITURE:
            yield from reader.paragraphs([frame])
    for each in notes:
        yield from reader.paragraphs([one for one in each if _kind(one) not in _FURNITURE])


def _kind(frame: Element) -> str:
    return str(frame.get(PRESENTATION + "class", ""))
