"""Word documents, read by python-docx: paragraphs with their styles, tables in their place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import groupby

import docx
from docx.document import Document as WordDocument
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from retrieval.reading.cleaning.lines import is_title
from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind
from retrieval.reading.refusals import Cause, UnreadableError

_LARGEST = 200  # MB that XML and pictures may unpack to


def read(data: bytes) -> Draft:
    """Return the paragraphs of a Word document, and its title.

    Raises UnreadableError where it unpacks to more than it may.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST * 10**6:
            raise UnreadableError(Cause.UNPACKED, limit=str(_LARGEST))
    word = docx.Document(io.BytesIO(data))
    paragraphs = tuple(_paragraphs(word))
    return Draft(paragraphs, Metadata(title=_title(word)))


def _title(word: WordDocument) -> str:
    """Return the paragraph in the style "Title", else a usable title from the properties."""
    for paragraph in word.paragraphs:
        if _style(paragraph) == "Title" and paragraph.text.strip():
            return " ".join(paragraph.text.split())
    title = word.core_properties.title.strip()
    return title if title and is_title(title) else ""


def _paragraphs(word: WordDocument) -> Iterator[Paragraph]:
    for block in word.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield Paragraph(" | ".join(_cells(row)))
        else:
            yield _paragraph(block)


def _cells(row: _Row) -> Iterator[str]:
    """Yield the text of each cell of a row.

    python-docx gives a cell that spans columns once for each of them; here it comes once. A cell
    that spans rows comes in each of them, because a row is read by itself.
    """
    for _, same in groupby(row.cells, key=lambda cell: cell._tc):
        yield " ".join(next(same).text.split())


def _paragraph(paragraph: WordParagraph) -> Paragraph:
    style = _style(paragraph)
    if style == "Title" or style.startswith("Heading"):
        return Paragraph(" ".join(paragraph.text.split()), ParagraphKind.HEADING)
    if style == "Caption":
        return Paragraph(" ".join(paragraph.text.split()), ParagraphKind.CAPTION)
    is_listed = style.startswith("List") and paragraph.text.strip()
    return Paragraph(f"- {paragraph.text}" if is_listed else paragraph.text)


def _style(paragraph: WordParagraph) -> str:
    return (paragraph.style and paragraph.style.name) or ""
