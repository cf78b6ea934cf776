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
from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import Document, Passage, Span
from retrieval.language.words import tokens
from retrieval.ranking.scoring import SentenceEvidence

_SHORTEST = 3  # words; a shorter sentence is a stub
_SAME = 0.5  # share of the question's words, weighted, in an opening that asks the same
_CLOSED = re.compile(r"[.!…。！][\"'”’»)\]」』]*\Z")
_QUESTION = re.compile(r"[?？][\"'”’»)\]」』]*\Z")

Mask = NDArray[np.bool_]
"""One truth for each sentence of a passage, shape (sentences,)."""


def highlight(passage: Passage, evidence: SentenceEvidence, asked: Collection[str]) -> Span:
    """Return what of a passage answers best, as a span of its document.

    Args:
        passage: A passage with at least one sentence.
        evidence: What speaks for each of its sentences.
        asked: The question's folded words.
    """
    openings = np.array([_is_opening(passage.document, one) for one in passage.sentences])
    hollow = np.array([_is_hollow(passage.document, one, asked) for one in passage.sentences])
    hollow &= evidence.answer_type == 0
    return _with_stub(passage, _best(evidence, openings, hollow))


def _best(evidence: SentenceEvidence, openings: Mask, hollow: Mask) -> int:
    """Return the number of the sentence that answers, or of the best one where none can."""
    scores, sections = evidence.scores(), np.cumsum(openings)
    best = int(scores.argmax())
    is_same = openings[best] and evidence.coverage[best] >= _SAME
    below = sections == sections[best] if is_same else np.ones_like(openings)
    for candidates in (below & ~openings & ~hollow, ~openings & ~hollow, ~openings):
        if candidates.any():
            return int(np.where(candidates, scores, -np.inf).argmax())
    return best


def _is_opening(document: Document, sentence: Span) -> bool:
    """Tell whether a sentence only opens what stands below it."""
    text = sentence.of(document.text)
    return (
        any(heading.span == sentence for heading in document.headings)
        or _QUESTION.search(text) is not None
        or (bool(document.title) and tokens(text) == tokens(document.title))
        or any(head.start <= sentence.start < head.end for head in _heads(document))
    )


def _heads(document: Document) -> Iterator[Span]:
    """Yield the rows that name the columns of a table."""
    return (table.head for table in document.tables)


def _is_hollow(document: Document, sentence: Span, asked: Collection[str]) -> bool:
    """Tell whether a sentence is a stub, or a label with nothing but words of the question.

    A whole sentence that says what the question says is none: it confirms it.
    """
    text = sentence.of(document.text)
    words = tokens(text)
    return len(words) < _SHORTEST or (not _CLOSED.search(text) and set(words) <= set(asked))


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
