"""A question, prepared for one index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from retrieval.encoding.encoder import Encoded
from retrieval.index.corpus import Values
from retrieval.index.index import Index
from retrieval.index.provenance import Mask
from retrieval.language.references import parts_of_articles
from retrieval.ranking.answer_type import AnswerType
from retrieval.ranking.preference import Preference
from retrieval.ranking.short_questions import as_typed
from retrieval.ranking.specifics import Specific, specifics_of
from retrieval.scopes import Scope


@dataclass(frozen=True)
class Query:
    """A question with all that its words alone tell about an index.

    `text` is in normal form C and has its diacritics. `encoded` has the language bias removed.
    `word_weights` holds each distinct word of the question with its inverse document frequency.
    `references` are the articles, clauses and points of papers among them. `coverage`, of shape
    (passages,), tells how much of these words each passage of the index holds, from 0 to about 2
    (see `retrieval.index.lexical`). `specifics` are its names and numbers. `preference` chooses
    between sentences. `scope` tells which documents are asked, and `admitted`, of shape
    (passages,), which passages are theirs; it is None where all are asked.
    """

    text: str
    encoded: Encoded
    language: str
    word_weights: Mapping[str, float]
    references: frozenset[str]
    coverage: Values
    answer_type: AnswerType
    specifics: tuple[Specific, ...]
    preference: Preference
    scope: Scope = Scope()
    admitted: Mask | None = None

    @classmethod
    def of(cls, index: Index, text: str, encoded: Encoded, language: str, typed: str = "") -> Query:
        """Prepare a question for an index.

        Args:
            index: The index that will be asked.
            text: The question, in normal form C and with its diacritics.
            encoded: What the index's encoder makes of the question.
            language: The question's ISO 639-1 code, empty where it is unknown.
            typed: The question with only the diacritics that were typed, empty to take none as
                typed.
        """
        word_weights = index.lexical.weights(text)
        coverage = index.lexical.coverage(word_weights)
        return cls(
            text=text,
            encoded=index.biases.question(encoded, language),
            language=language,
            word_weights=word_weights,
            references=parts_of_articles(text),
            coverage=as_typed(index, coverage, word_weights, typed),
            answer_type=AnswerType.of(text),
            specifics=specifics_of(text, language),
            preference=Preference.of(text),
        )

    def limited_to(self, scope: Scope, index: Index) -> Query:
        """Return the question as it is put to the documents of an index that are within a scope."""
        return replace(self, scope=scope, admitted=index.admitted(scope))

    def within(self, passages: Mask) -> Query:
        """Return the question as it is put to these passages alone, as far as they are admitted."""
        admitted = passages if self.admitted is None else self.admitted & passages
        return replace(self, admitted=admitted)

    def elsewhere(self) -> Query:
        """Return the question as it is put to the documents outside of its scope."""
        others = None if self.admitted is None else ~self.admitted
        return replace(self, scope=Scope(newest=self.scope.newest), admitted=others)
