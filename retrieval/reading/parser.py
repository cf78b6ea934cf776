"""The bytes of a file -> a document: read by format and cleaned.

Parsers of hostile files hang, crash and eat memory, so nothing but the worker calls this; see
`sandbox`. It imports all formats' libraries at once: one that is missing shows before any
file is blamed for it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from retrieval.documents import Document, Span
from retrieval.reading.cleaning.cleaner import clean
from retrieval.reading.draft import BREAK, Draft, ParagraphKind
from retrieval.reading.formats.docx import read_docx
from retrieval.reading.formats.html import read_html
from retrieval.reading.formats.markdown import read_markdown
from retrieval.reading.formats.pdf import read_pdf
from retrieval.reading.formats.text import read_text
from retrieval.reading.refusals import Cause, UnreadableError

_READERS: Mapping[str, Callable[[bytes], Draft]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}

log = logging.getLogger(__name__)


def parse(name: str, data: bytes) -> Document:
    """Return the document `name`, whose suffix is one of `SUFFIXES`, that a file's bytes hold.

    Raises UnreadableError where they hold none, and MemoryError.
    """
    draft = clean(draft_of(data, PurePosixPath(name).suffix.lower()))
    if not draft.paragraphs:
        raise UnreadableError(Cause.EMPTY)
    return _assembled(name, draft)


def draft_of(data: bytes, suffix: str) -> Draft:
    """Return what a file of one of `SUFFIXES` holds, not yet cleaned; raises as `parse` does."""
    try:
        return _READERS[suffix](data)
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # a parser fails on a broken file in more ways than it documents
        log.debug("A %s file cannot be parsed", suffix, exc_info=True)
        raise UnreadableError(Cause.DAMAGED, suffix=suffix) from error


def _assembled(name: str, draft: Draft) -> Document:
    spans: dict[ParagraphKind, list[Span]] = {kind: [] for kind in ParagraphKind}
    start = 0
    for paragraph in draft.paragraphs:
        spans[paragraph.kind].append(Span(start, start + len(paragraph.text)))
        start += len(paragraph.text) + len(BREAK)
    return Document(
        name=name,
        text=draft.text,
        title=draft.metadata.title,
        date=draft.metadata.date,
        source=draft.metadata.source,
        url=draft.metadata.url,
        language=draft.metadata.language,
        headings=tuple(spans[ParagraphKind.HEADING]),
        captions=tuple(spans[ParagraphKind.CAPTION]),
    )
