"""The bytes of a file -> a document: read by its format, then cleaned.

Parsers hang, crash and eat memory on hostile files. Only the worker calls this, in a process of
its own: see `sandbox`. Importing this module imports the libraries of all formats, so that a
missing one shows before a file is blamed for it.
"""

from __future__ import annotations

import logging
from pathlib import PurePosixPath

from retrieval.documents import Document, Span
from retrieval.reading.cleaning.cleaner import clean
from retrieval.reading.draft import BREAK, Draft, ParagraphKind
from retrieval.reading.formats import SUFFIXES, reader_of
from retrieval.refusals import Cause, UnreadableError

_READERS = {suffix: reader_of(suffix) for suffix in SUFFIXES}

log = logging.getLogger(__name__)


def parse(name: str, data: bytes) -> Document:
    """Return the document that a file's bytes hold.

    Args:
        name: The document's name; its suffix is one of `SUFFIXES` and tells the format.
        data: The file's bytes.

    Raises:
        UnreadableError: The bytes hold no text or are no file of this format.
        MemoryError: Parsing takes more than the process may have.
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
    """Join the paragraphs into one text and note where its headings, captions and origins stand."""
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
        origins=tuple(spans[ParagraphKind.ORIGIN]),
        left_out=draft.left_out,
        warnings=draft.warnings,
    )
