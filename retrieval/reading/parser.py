"""The bytes of a file -> a document: read by its format, then cleaned.

Parsers hang, crash and eat memory on hostile files. Only the worker calls this, in a process of
its own: see `sandbox`. Importing this module imports the libraries of all formats, so that a
missing one shows before a file is blamed for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from retrieval.documents import Document, Heading, Span
from retrieval.pages import PageStart, without_repeats
from retrieval.reading.cleaning.cleaner import clean
from retrieval.reading.cleaning.tables import tables_of
from retrieval.reading.draft import BREAK, Draft, Paragraph, ParagraphKind
from retrieval.reading.formats import SUFFIXES, draft_of, reader_of
from retrieval.reading.recognition.recogniser import NO_PICTURES, Recogniser
from retrieval.refusals import Cause, UnreadableError

_WORD = re.compile(r"\S+")

for _suffix in SUFFIXES:
    reader_of(_suffix)


def parse(name: str, data: bytes, recogniser: Recogniser = NO_PICTURES) -> Document:
    """Return the document that a file's bytes hold.

    Args:
        name: The document's name; its suffix is one of `SUFFIXES` and tells the format.
        data: The file's bytes.
        recogniser: Reads its pictures; they stay unread unless it is given.

    Raises:
        UnreadableError: The bytes hold no text or are no file of this format.
        MemoryError: Parsing takes more than the process may have.
    """
    draft = clean(draft_of(data, PurePosixPath(name).suffix.lower(), recogniser))
    if not draft.paragraphs:
        raise UnreadableError(Cause.EMPTY)
    return _assembled(name, draft)


def _assembled(name: str, draft: Draft) -> Document:
    """Join the paragraphs into one text and note where each kind of them stands."""
    spans: list[Span] = []
    for paragraph in draft.paragraphs:
        start = spans[-1].end + len(BREAK) if spans else 0
        spans.append(Span(start, start + len(paragraph.text)))
    placed = list(zip(draft.paragraphs, spans, strict=True))
    return Document(
        name=name,
        text=draft.text,
        title=draft.metadata.title,
        date=draft.metadata.date,
        source=draft.metadata.source,
        url=draft.metadata.url,
        language=draft.metadata.language,
        headings=tuple(
            Heading(span, each.level) for each, span in placed if each.kind is ParagraphKind.HEADING
        ),
        captions=_spans_of(ParagraphKind.CAPTION, placed),
        origins=_spans_of(ParagraphKind.ORIGIN, placed),
        tables=tuple(tables_of(placed)),
        page_starts=tuple(without_repeats(_page_starts(placed))),
        recognised=tuple(span for paragraph, span in placed if paragraph.is_recognised),
        left_out=draft.left_out,
        warnings=draft.warnings,
    )


def _spans_of(kind: ParagraphKind, placed: list[tuple[Paragraph, Span]]) -> tuple[Span, ...]:
    return tuple(span for paragraph, span in placed if paragraph.kind is kind)


def _page_starts(placed: list[tuple[Paragraph, Span]]) -> Iterator[PageStart]:
    """Yield where a page begins: at each paragraph of a format with pages, and at its turns."""
    for paragraph, span in placed:
        if paragraph.page:
            yield PageStart(span.start, paragraph.page)
        starts = (
            [word.start() for word in _WORD.finditer(paragraph.text)] if paragraph.turns else []
        )
        for turn in paragraph.turns:
            if turn.words < len(starts):
                yield PageStart(span.start + starts[turn.words], turn.page)
