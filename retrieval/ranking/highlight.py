"""The highlight of a passage: the words that are shown in bold as the answer.

The sentence with the best score may say nothing about the question. A heading, the header row of a
table or a question in an FAQ shares most of its words. Such an opening is passed over where the
passage holds anything else. Where an opening scores best and asks or names much the same as the
question, the answer is looked for below it, up to the next opening. Passed over are also words that
only repeat the question, and stubs such as "Hà Nội".

A stub that begins a paragraph, as in "Được. Ảnh phải có nền trắng.", is shown with the sentence
that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

import numpy as np

from retrieval.documents import Document, Passage, Span
from retrieval.language.numbers import terms
from retrieval.language.words import tokens
from retrieval.ranking.preference import Mask, Preference
from retrieval.ranking.scoring import SentenceEvidence

_SHORTEST = 3  # words; a shorter sentence is a stub
_SAME = 0.5  # share of the question's words, weighted, in an opening that asks the same
_COMPARED_ROWS = 3  # of a table, to tell whether the row above them is its header
_ROW_LENGTH = 2000  # characters; a longer line is no row that is looked at
_CELLS = re.compile(r"\s*\|\s*|\t|;|,(?!\s)")
_FIGURE = re.compile(r"\d")
_CLOSED = re.compile(r"[.!…。！][\"'”’»)\]」』]*\Z")
_QUESTION = re.compile(r"[?？][\"'”’»)\]」』]*\Z")


def highlight(
    passage: Passage,
    evidence: SentenceEvidence,
    asked: Collection[str],
    preference: Preference,
) -> Span:
    """Return what of a passage answers best, as a span of its document.

    Args:
        passage: A passage with at least one sentence.
        evidence: What speaks for each of its sentences.
        asked: The question's folded words.
        preference: What the question prefers among sentences that score about the same.
    """
    openings = np.array([_is_opening(passage.document, one) for one in passage.sentences])
    hollow = np.array([_is_hollow(passage.document, one, asked) for one in passage.sentences])
    hollow &= evidence.answer_type == 0
    texts = [one.of(passage.document.text) for one in passage.sentences]
    for candidates in _candidates(evidence, openings, hollow):
        if candidates.any():
            return _with_stub(passage, preference.choose(texts, evidence.scores(), candidates))
    return _with_stub(passage, int(evidence.scores().argmax()))


def _candidates(evidence: SentenceEvidence, openings: Mask, hollow: Mask) -> tuple[Mask, ...]:
    """Return the sentences that may answer: the likeliest, then those left where there is none."""
    scores, sections = evidence.scores(), np.cumsum(openings)
    best = int(scores.argmax())
    is_same = openings[best] and evidence.coverage[best] >= _SAME
    below = sections == sections[best] if is_same else np.ones_like(openings)
    return below & ~openings & ~hollow, ~openings & ~hollow, ~openings


def _is_opening(document: Document, sentence: Span) -> bool:
    """Tell whether a sentence only opens what stands below it."""
    text = sentence.of(document.text)
    return (
        sentence in document.headings
        or _QUESTION.search(text) is not None
        or (bool(document.title) and tokens(text) == tokens(document.title))
        or _is_header_row(document.text, sentence)
    )


def _is_hollow(document: Document, sentence: Span, asked: Collection[str]) -> bool:
    """Tell whether a sentence is a stub, or a label with nothing but words of the question.

    A whole sentence that says what the question says is none: it confirms it.
    """
    text = sentence.of(document.text)
    words = terms(text)
    return len(words) < _SHORTEST or (not _CLOSED.search(text) and set(words) <= set(asked))


def _is_header_row(text: str, sentence: Span) -> bool:
    """Tell whether a line is the first row of a table and names its columns.

    Lines in a row with the same number of cells make a table. Its first row has no figures. It
    names the columns where one of them holds figures in all rows below, or where there are more
    than two: a table of two columns may as well hold a name and a value in each row.
    """
    row = _cells(sentence.of(text))
    if len(row) < 2 or _FIGURE.search(sentence.of(text)):
        return False
    if len(_cells(_line_above(text, sentence.start))) == len(row):
        return False
    rows = [_cells(line) for line in _lines_below(text, sentence.end)]
    if not rows or any(len(one) != len(row) for one in rows):
        return False
    columns = zip(*rows, strict=True)
    return len(row) > 2 or (
        len(rows) > 1 and any(all(map(_FIGURE.search, column)) for column in columns)
    )


def _cells(line: str) -> list[str]:
    return _CELLS.split(line.strip(" |")) if len(line) <= _ROW_LENGTH else []


def _line_above(text: str, start: int) -> str:
    """Return the line of text above the one that begins at `start`; empty where there is none."""
    lines = text[max(0, start - _ROW_LENGTH) : start].rstrip().splitlines()
    return lines[-1] if lines else ""


def _lines_below(text: str, end: int) -> list[str]:
    """Return the first rows below the line that ends at `end`; none where text follows in it."""
    rest = text[end : end + _COMPARED_ROWS * _ROW_LENGTH]
    if not rest.startswith("\n"):
        return []
    lines = [line for line in rest.splitlines() if line.strip()]
    rows = 0
    while rows < min(len(lines), _COMPARED_ROWS) and len(_cells(lines[rows])) > 1:
        rows += 1
    return lines[:rows]


def _with_stub(passage: Passage, best: int) -> Span:
    """Return the best sentence with a stub before it, or after the stub that it is itself."""
    sentences, text = passage.sentences, passage.document.text
    first = last = best
    if best and _is_stub(sentences[best - 1].of(text)) and _share_line(passage, best - 1):
        first = best - 1
    if _is_stub(sentences[best].of(text)) and _share_line(passage, best):
        last = best + 1
    return Span(sentences[first].start, sentences[last].end)


def _is_stub(text: str) -> bool:
    return len(tokens(text)) < _SHORTEST and not _QUESTION.search(text)


def _share_line(passage: Passage, number: int) -> bool:
    """Tell whether a sentence and the next one of the passage stand in one paragraph."""
    if number + 1 == len(passage.sentences):
        return False
    between = Span(passage.sentences[number].end, passage.sentences[number + 1].start)
    return "\n" not in between.of(passage.document.text)
