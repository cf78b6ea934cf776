"""What of a question's specifics a passage lacks, and how much that speaks against the passage.

A passage may leave out a name that other documents give, because its readers know it. So such a
name counts little. A name that no document holds counts much, and so does a contradiction: the
passage gives another year, or another number of the same series of meetings. With either of them a
passage is no answer, however near it is otherwise.

On `xquad-near-dev` 6 % of the questions with an answer lack a specific near their first hit, and
47 % of those without. 1 % and 30 % have one that no document holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.documents import Passage
from retrieval.index.index import Index
from retrieval.language.syllables import counted_as
from retrieval.language.words import fold
from retrieval.ranking.query import Query
from retrieval.ranking.specifics import Kind, Specific, SpecificWord
from retrieval.ranking.surroundings import Surroundings, figure_forms

WEIGHT = -0.2
"""What one missing specific adds to a score. Between .15 and .3 it made little difference."""

_ELSEWHERE, _NOWHERE, _MOST = 1.0, 4.0, 4.0


@dataclass(frozen=True)
class Missing:
    """The specifics that a passage lacks.

    `value` is the number of specifics that count against the passage. One that no document holds,
    or that the passage contradicts, counts as four, and the passage is ruled out as an answer.
    """

    specifics: tuple[Specific, ...] = ()
    value: float = 0.0
    is_ruled_out: bool = False

    @classmethod
    def of(cls, query: Query, passage: Passage, indexes: Sequence[Index]) -> Missing:
        """Look the question's specifics up in what stands near a passage.

        Args:
            query: The question, as it was prepared for the passage's index.
            passage: The passage.
            indexes: All indexes that are asked.
        """
        if not query.specifics:
            return cls()
        near, language = Surroundings.of(passage), passage.document.language
        lacked = tuple(_lacked(near, query, language))
        contradicted = {one for one in lacked if near.contradict(one)}
        nowhere = {one for one in lacked if _is_nowhere(indexes, query, one, language)}
        strong = len(contradicted | nowhere)
        value = _ELSEWHERE * (len(lacked) - strong) + _NOWHERE * strong
        return cls(lacked, min(_MOST, value), strong > 0)


def _lacked(near: Surroundings, query: Query, language: str) -> Iterator[Specific]:
    """Yield the specifics that are not mentioned; of several years one is enough."""
    years = [one for one in query.specifics if one.is_year]
    has_year = any(near.mention(one, query.language, language) for one in years)
    for one in query.specifics:
        if not (one.is_year and has_year) and not near.mention(one, query.language, language):
            yield one


def _is_nowhere(indexes: Sequence[Index], query: Query, specific: Specific, language: str) -> bool:
    """Tell whether a word of a name or a year stands in no passage that is searched.

    A quantity is never nowhere: a question may ask whether it is right ("Is it 200 metres long?").
    """
    if specific.is_quantity:
        return False
    looked_up = (w for w in specific.words if w.is_looked_up(query.language, language))
    return any(not _is_held(indexes, word, language) for word in looked_up)


def _is_held(indexes: Sequence[Index], word: SpecificWord, language: str) -> bool:
    if word.is_marked and language == "vi":
        return any(index.restorer.writes(counted_as(word.text)) for index in indexes)
    forms = figure_forms(word) if word.kind is Kind.FIGURE else {fold(word.text)}
    return any(index.holds_any(forms) for index in indexes)
