"""A document cut into passages: whole sentences, about 60 to 120 words, with exact offsets.

A heading or an article of a law begins a new section. A section's sentences are dealt out to
passages of about equal length; rows of a table stay with their heads. A long sentence may make a
longer passage; one that is far too long is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise, takewhile

from retrieval.documents import Document, Passage, Span
from retrieval.language.references import opens_article
from retrieval.sentences import sentences_of

SHORTEST, LONGEST = 60, 120
_AIM = 90
_LONGEST_LABEL = 20  # characters of "Điều 12a." and the like
_UNCUT = 180  # a sentence of up to this many words stays whole

# Chinese and Japanese have no spaces; two of their characters make about a word. Words are cut
# after 40 characters, for base64 has no spaces either.
_WORD = re.compile(r"[\u3001-\u9fff\uff01-\uff65]{1,2}|[^\s\u3001-\u9fff\uff01-\uff65]{1,40}")


def passages_of(document: Document) -> list[Passage]:
    """Return the document's passages, in order; each word stands in exactly one of them."""
    pieces = [
        piece
        for sentence in sentences_of(document)
        for piece in _cut_to_length(document.text, sentence)
    ]
    return [
        Passage(document, Span(group[0].start, group[-1].end), tuple(group))
        for section in _sections(pieces, document)
        for group in _deal_out(document, section)
    ]


def _cut_to_length(text: str, sentence: Span) -> Iterator[Span]:
    """Yield the sentence, cut into nearly equal parts if it is too long for an encoder."""
    if sentence.end - sentence.start <= _UNCUT:  # it has at least as many characters as words
        yield sentence
        return
    count = sum(1 for _ in _WORD.finditer(text, sentence.start, sentence.end))
    parts = 1 if count <= _UNCUT else -(-count // LONGEST)
    words = _WORD.finditer(
        text, sentence.start, sentence.end
    )  # found again: millions of them would fill memory
    for first, end in pairwise(count * part // parts for part in range(parts + 1)):
        part = list(islice(words, end - first))
        yield Span(part[0].start(), part[-1].end())


def _sections(sentences: list[Span], document: Document) -> Iterator[list[Span]]:
    """Yield each section's sentences.

    A heading, or a line that opens an article, begins a new section where it is not below another
    heading. The lines that tell the document's origin, with the title above them, are a section, so
    that the first passage of the text does not begin with them.
    """
    headings = frozenset(heading.span for heading in document.headings)
    origins = frozenset(document.origins)
    head = list(takewhile(lambda span: span in headings or span in origins, sentences))
    while head and head[-1] not in origins:
        head.pop()
    starts = {0, len(head)}
    for i, (above, span) in enumerate(pairwise(sentences), start=1):
        opens = span in headings or _opens_article(document.text, span)
        if i > len(head) and opens and above not in headings:
            starts.add(i)
    for start, end in pairwise([*sorted(starts), len(sentences)]):
        if start < end:
            yield sentences[start:end]


def _opens_article(text: str, span: Span) -> bool:
    is_first = span.start == 0 or text[span.start - 1] == "\n"
    return is_first and opens_article(text[span.start : span.start + _LONGEST_LABEL])


def _deal_out(document: Document, section: list[Span]) -> Iterator[list[Span]]:
    """Yield the section's sentences in groups of nearly equal length.

    No group has more than `LONGEST` words, unless it is one sentence or one table.
    """
    units = list(_units(document, section))
    lengths = [sum(len(_WORD.findall(span.of(document.text))) for span in unit) for unit in units]
    left, aim = sum(lengths), float(_AIM)
    group: list[Span] = []
    size = 0
    for unit, length in zip(units, lengths, strict=True):
        if not group:
            aim = left / max(1, round(left / _AIM))
        if group and (size + length > LONGEST or size + length / 2 > aim):
            yield group
            group, size = [], 0
            aim = left / max(1, round(left / _AIM))
        group += unit
        size += length
        left -= length
    yield group


def _units(document: Document, section: list[Span]) -> Iterator[list[Span]]:
    """Yield the sentences that stay together: the rows of a table with their heads."""
    tables = iter(document.tables)
    table = next(tables, None)
    unit: list[Span] = []
    for sentence in section:
        while table and table.span.end <= sentence.start:
            table = next(tables, None)
        is_row = table is not None and table.span.start <= sentence.start
        if unit and not (is_row and table and table.span.start <= unit[0].start):
            yield unit
            unit = []
        unit.append(sentence)
    yield unit
