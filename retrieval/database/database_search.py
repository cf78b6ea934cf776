"""One question put to a generation in the database: a few round trips, and nothing read whole.

The three searches go together, then the evidence for what they have found is read, then tokens
and places of the best passages, and the documents of those that are looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from retrieval.database.conditions import Condition
from retrieval.database.opened import OpenedGeneration
from retrieval.database.passage_numbers import document_of, numbers_of
from retrieval.database.passage_rows import PassageRow, read_rows, read_texts
from retrieval.database.vector_search import Evidence, VectorSearch
from retrieval.database.word_search import Covered, WordSearch
from retrieval.database.words import KnownWord
from retrieval.documents import Passage
from retrieval.encoding.encoder import Vectors
from retrieval.index.arrays import Ids, Values
from retrieval.index.filters import Filter
from retrieval.index.lexical import full_score
from retrieval.index.maxsim import MaxSim, maxsims
from retrieval.index.search import (
    CoveredPassages,
    FoundPassages,
    PassageGoneError,
    Search,
    SentenceCosines,
)


@dataclass(frozen=True, eq=False)
class DatabaseSearch(Search):
    """A question's vector and words, put to one generation.

    `known` are those of its words that the generation has, `full` the score of a passage that
    holds each of the question's words once. `shares` are the factors by which the coverage of some
    passages counts. `evidence` and `rows` keep what was read of passages, by their numbers.
    """

    opened: OpenedGeneration
    vector: VectorSearch
    known: Mapping[str, KnownWord]
    full: np.float32
    shares: Mapping[int, float] = field(default_factory=dict)
    evidence: dict[int, Evidence] = field(default_factory=dict)
    rows: dict[int, PassageRow] = field(default_factory=dict)

    @classmethod
    def of(
        cls, opened: OpenedGeneration, vector: Vectors, weights: Mapping[str, float]
    ) -> DatabaseSearch:
        """Prepare a question, given its vector and its words with their weights."""
        known = opened.words.of(weights)
        return cls(opened, VectorSearch.of(vector), known, full_score(weights))

    def most_covered(self, limit: int) -> CoveredPassages:
        """Return the `limit` passages that hold most of the question's words, in any order."""
        approximate = self.opened.has_neighbours
        search = WordSearch.of(self.known.values(), approximate=approximate)
        (rows,) = self.opened.reader.read(search.statement(limit, Condition()))
        return read_texts(self.opened.reader, Covered.of(rows).numbers)

    def with_shares(self, numbers: Ids, shares: Values) -> DatabaseSearch:
        """Return the search in which some passages are covered by only a share of this."""
        return replace(self, shares=dict(zip(numbers.tolist(), shares.tolist(), strict=True)))

    def found(self, limit: int, among: Filter, language: str | None = None) -> FoundPassages | None:
        """Return the passages that any of three searches finds; None where there is none."""
        words = [one.number for one in self.known.values()]
        numbers = self._numbers(limit, self.opened.condition(among))
        self.evidence.update(self.vector.evidence(self.opened.reader, numbers, words))
        known = {
            number: self.evidence[number]
            for number in numbers.tolist()
            if number in self.evidence and language in (None, self.evidence[number].language)
        }
        return self._assembled(known) if known else None

    def maxsims(self, tokens: Vectors, numbers: Ids) -> list[MaxSim]:
        """Compare the question's tokens, shape (n, dimension), with those of some passages."""
        self.rows.update(read_rows(self.opened.reader, numbers, tokens=True))
        rows = [self._row(number).tokens for number in numbers.tolist()]
        return maxsims(tokens, [np.frombuffer(one, self.opened.row_type) for one in rows])

    def words(self, numbers: Ids) -> list[Collection[str]]:
        """Return those of the question's words that each of the passages found holds."""
        held = [self.evidence[number].weights for number in numbers.tolist()]
        return [{word for word, one in self.known.items() if one.number in each} for each in held]

    def passages(self, numbers: Ids) -> list[Passage]:
        """Return passages by their numbers."""
        unread = [number for number in numbers.tolist() if number not in self.rows]
        if unread:
            self.rows.update(
                read_rows(self.opened.reader, np.array(unread, dtype=np.int64), tokens=False)
            )
        documents = self.opened.documents.of(map(document_of, numbers.tolist()))
        try:
            return [
                self._row(number).of(documents[document_of(number)]) for number in numbers.tolist()
            ]
        except KeyError as error:
            raise PassageGoneError from error

    def first_day(self, number: int) -> int:
        """Return the ordinal of the first day of a passage's date, 0 without a date."""
        return self._row(number).first_day

    def group(self, number: int) -> int | None:
        """Return the number of the group of documents that are the same report as a passage's."""
        return self._row(number).group

    def _row(self, number: int) -> PassageRow:
        if number not in self.rows:
            raise PassageGoneError
        return self.rows[number]

    def _numbers(self, limit: int, among: Condition) -> Ids:
        """Return the numbers of the passages that the three searches find, ascending."""
        approximate = self.opened.is_approximate(among)
        search = WordSearch.of(self.known.values(), approximate=approximate)
        number = search.number(limit)
        passages, sentences, covering = self.opened.reader.read(
            *self.vector.statements(limit, among, approximate=approximate),
            search.statement(2 * limit + len(self.shares), among),
            settings=self.opened.settings,
        )
        covered = Covered.of(covering).weighed(self.shares).highest(number, 2 * limit)
        return np.unique(np.concatenate([numbers_of([*passages, *sentences]), covered]))

    def _assembled(self, known: Mapping[int, Evidence]) -> FoundPassages:
        first = np.cumsum([0, *(len(one.sentences) for one in known.values())])
        cosines = [cosine for one in known.values() for cosine in one.sentences]
        return FoundPassages(
            np.array(list(known), dtype=np.int64),
            [one.language for one in known.values()],
            dense=np.array([one.dense for one in known.values()], dtype=np.float32),
            sentences=SentenceCosines(np.array(cosines, dtype=np.float32), first),
            coverage=self._coverage(known),
        )

    def _coverage(self, known: Mapping[int, Evidence]) -> Values:
        """Add the weights up in the order of the question's words, as bm25s does."""
        sums = np.zeros(len(known), dtype=np.float32)
        if not self.known:  # there may be no word at all, and nothing to divide by
            return sums
        for word in self.known.values():
            sums += np.array(
                [one.weights.get(word.number, 0.0) for one in known.values()], dtype=np.float32
            )
        shares = [self.shares.get(number, 1.0) for number in known]
        return sums / self.full * np.array(shares, dtype=np.float32)
