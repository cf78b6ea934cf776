"""A question, prepared for one index."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from retrieval.encoding.encoder import Encoded
from retrieval.index.filters import Filter
from retrieval.index.index import Index
from retrieval.index.search import Search
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
    `references` are the articles, clauses and points of papers among them. `search` finds passages
    of the index by vector and words. `specifics` are the question's names and numbers. `preference`
    chooses between sentences. `scope` tells what the question prefers and was limited to, `among`
    which documents are searched.
    """

    text: str
    encoded: Encoded
    language: str
    word_weights: Mapping[str, float]
    references: frozenset[str]
    search: Search
    answer_type: AnswerType
    specifics: tuple[Specific, ...]
    preference: Preference
    scope: Scope = Scope()
    among: Filter = Filter()

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
        word_weights = index.word_weights(text)
        unbiased = index.biases.question(encoded, language)
        return cls(
            text=text,
            encoded=unbiased,
            language=language,
            word_weights=word_weights,
            references=parts_of_articles(text),
            search=as_typed(index.search(unbiased.vector, word_weights), word_weights, typed),
            answer_type=AnswerType.of(text),
            specifics=specifics_of(text, language),
            preference=Preference.of(text),
        )

    def limited_to(self, scope: Scope) -> Query:
        """Return the question as it is put to the documents that are within a scope."""
        return replace(self, scope=scope, among=replace(self.among, scope=scope))

    def limited_to_texts(self, digits: Set[str]) -> Query:
        """Return the question as it is put to texts whose hashes begin with one of `digits`."""
        return replace(self, among=replace(self.among, digits=frozenset(digits)))

    def elsewhere(self) -> Query:
        """Return the question as it is put to the documents outside of its scope."""
        scope = Scope(newest=self.scope.newest)
        return replace(self, scope=scope, among=replace(self.among, is_outside=True))
