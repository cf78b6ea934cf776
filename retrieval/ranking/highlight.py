"""The highlight of a passage: the words that are shown in bold as the answer.

The sentence with the best score may say nothing about the question. A heading, the header row of a
table or a question in an FAQ shares most of its words. Such an opening is passed over where the
passage holds anything else. Where an opening scores best and asks or names much the same as the
question, the answer is looked for below it, up to the next opening. Passed over are also words that
only repeat the question, and stubs such as "Hà Nội". Of the rows of a table the one that has most
of the question's words is taken.

A stub that begins a paragraph, as in "Được. Ảnh phải có nền trắng.", is shown with the sentence
that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

import numpy as np

from retrieval.documents import Document, Passage, Span
from retrieval.index.arrays import Ids
from retrieval.language.numbers import terms
from retrieval.language.words import tokens
from retrieval.ranking.preference import Mask, Preference
from retrieval.ranking.scoring import SentenceEvidence

_SHORTEST = 3  # words; a shorter sentence is a stub
_SAME = 0.5  # share of the question's words, weighted, in an opening that asks the same
_NUMBERED = re.compile(r"[^:.!?;|\d]{1,40}:\s(?P<value>[^\s:]*\d[^\s:]*)")
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
    headings = frozenset(heading.span for heading in passage.document.headings)
    lines = np.array(
        [one in headings or _is_opening(passage.document, one) for one in passage.sentences]
    )
    heads, tables = _rows(passage)
    hollow = np.array([_is_hollow(passage.document, one, asked) for one in passage.sentences])
    hollow &= evidence.answer_type == 0
    texts = [one.of(passage.document.text) for one in passage.sentences]
    best = int(evidence.scores().argmax())
    for candidates in _candidates(evidence, lines, heads, hollow):
        if candidates.any():
            best = preference.choose(texts, evidence.scores(), candidates)
            break
    return _with_stub(passage, _best_row(evidence, tables, heads | hollow, best))


def _candidates(
    evidence: SentenceEvidence, lines: Mask, heads: Mask, hollow: Mask
) -> tuple[Mask, ...]:
    """Return the sentences that may answer: the likeliest, then those left where there is none.

    What stands below a heading or a question goes on to the next one, through tables; what stands
    below column heads ends with their table.
    """
    scores, openings = evidence.scores(), lines | heads
    best = int(scores.argmax())
    sections = np.cumsum(openings if heads[best] else lines)
    is_same = openings[best] and evidence.coverage[best] >= _SAME
    below = sections == sections[best] if is_same else np.ones_like(openings)
    return below & ~openings & ~hollow, ~openings & ~hollow, ~openings


def _best_row(evidence: SentenceEvidence, tables: Ids, without: Mask, best: int) -> int:
    """Return the row of the best one's table that has most of the question's words.

    Rows of one table are near to a question for what they have in common, and differ in a name or
    a figure. What is no row stays.
    """
    if not tables[best]:
        return best
    rows = (tables == tables[best]) & ~without
    fullest = rows & (evidence.coverage >= np.max(evidence.coverage, where=rows, initial=0))
    return int(np.where(fullest, evidence.scores(), -np.inf).argmax()) if fullest.any() else best


def _is_opening(document: Document, sentence: Span) -> bool:
    """Tell whether a sentence that is no heading opens what stands below it all the same."""
    text = sentence.of(document.text)
    is_title = bool(document.title) and tokens(text) == tokens(document.title)
    return is_title or _QUESTION.search(text) is not None


def _rows(passage: Passage) -> tuple[Mask, Ids]:
    """Return which sentences name the columns of a table, and the table's number of each row.

    Tables are numbered from 1; what is no row has the number 0.
    """
    heads = np.zeros(len(passage.sentences), dtype=np.bool_)
    tables = np.zeros(len(passage.sentences), dtype=np.int64)
    near = [one for one in passage.document.tables if _overlap(one.span, passage.span)]
    for number, table in enumerate(near, start=1):
        for place, sentence in enumerate(passage.sentences):
            if table.span.start <= sentence.start < table.span.end:
                tables[place] = number
                heads[place] = sentence.start < table.head.end
    return heads, tables


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_hollow(document: Document, sentence: Span, asked: Collection[str]) -> bool:
    """Tell whether a sentence is a stub, or a line that says nothing but words of the question.

    So does a number that the question names with its label: "Form: PA-77" for one about PA-77.
    A whole sentence that says what the question says is none: it confirms it.
    """
    text = sentence.of(document.text)
    numbered = _NUMBERED.fullmatch(text)
    said = terms(numbered["value"] if numbered else text)
    repeats = not _CLOSED.search(text) and set(said) <= set(asked)
    return len(terms(text)) < _SHORTEST or repeats


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
