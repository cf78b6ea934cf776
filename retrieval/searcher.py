"""A question put to some indexes at once: understood and encoded once, answered together."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import count, islice
from threading import Lock
from typing import Generic, TypeVar

from retrieval.answers import Answer, CollectionLabel
from retrieval.asking.examples import example_questions
from retrieval.asking.understanding import Understanding
from retrieval.collection.page_files import PageFiles
from retrieval.documents import Document
from retrieval.encoding.encoder import Encoder
from retrieval.index.index import Index
from retrieval.index.levels import Levels
from retrieval.index.search import PassageGoneError
from retrieval.language.diacritics import Restorer
from retrieval.language.everyday_questions import LANGUAGES
from retrieval.language.words import unmarked
from retrieval.ranking.asked import Asked
from retrieval.ranking.limits import LimitedRanking, rank_limited
from retrieval.ranking.query import Query
from retrieval.ranking.ranking import Ranking, rank_together
from retrieval.reranking.reranker import Reranker

_REMEMBERED = 64  # encoded questions: about 20 KB each, 500 KB where they are long
_JOINED = 16  # choices of several collections of which it is kept what they know of spelling
_EXAMPLES = 2  # questions in a language that are found and kept
_TRIED_AGAIN = 3  # times, where passages vanish while a question is asked
_CHOICES = 64  # choices of collections whose examples are kept

_T = TypeVar("_T")

_numbers = count()


@dataclass(frozen=True)
class Shelf:
    """An open index with the collection that it is of, and its files if they are known.

    `number` is given once in a process, so that what is kept for a shelf is never taken for that of
    another one.
    """

    index: Index
    label: CollectionLabel = CollectionLabel()
    files: PageFiles | None = None
    number: int = field(default_factory=lambda: next(_numbers))


class Remembered(Generic[_T]):
    """What was found for the latest choices of shelves; a shelf that was reopened is another."""

    def __init__(self, most: int) -> None:
        """Store for how many choices something is kept."""
        self._most = most
        self._found: OrderedDict[tuple[int, ...], _T] = OrderedDict()
        self._lock = Lock()

    def of(self, shelves: Sequence[Shelf], find: Callable[[], _T]) -> _T:
        """Return what was found for these shelves, which `find` finds the first time."""
        key = tuple(one.number for one in shelves)
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        found = find()
        with self._lock:
            self._found[key] = found
            if len(self._found) > self._most:
                self._found.popitem(last=False)
        return found


class Searcher:
    """Answers questions from shelves that the same encoder, and reranker if any, has made.

    All methods may be called from several threads at once.
    """

    def __init__(
        self,
        encoder: Encoder,
        reranker: Reranker | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        """Store what all shelves were made with.

        Args:
            encoder: Makes the vectors.
            reranker: Reads the best candidates, if there is one.
            today: Tells the day from which "last week" in a question counts.
        """
        self.encoder = encoder
        self.reranker = reranker
        self._today = today
        # The same question often comes again: from other people, or while one is being typed.
        self._encoded = lru_cache(_REMEMBERED)(encoder.encode_query)
        self._joined = Remembered[Restorer](_JOINED)
        self._levels = Remembered[Levels](_CHOICES)
        self._examples = {name: Remembered[tuple[str, ...]](_CHOICES) for name in LANGUAGES}

    def ask(
        self, shelves: Sequence[Shelf], question: str, limit: int, previous: str | None = None
    ) -> Answer:
        """Return the answer to a question, with at most `limit` hits, best first.

        Args:
            shelves: What is searched. Where there is nothing, nothing is found.
            question: What was written. Code points that UTF-8 cannot hold, such as half a surrogate
                pair, become "?".
            limit: The most hits to return.
            previous: The question before it in the same conversation, as it was understood, from
                which a follow-up ("And in 2022?") takes what it leaves out.
        """
        understood = self._understood(shelves, question, previous)
        limited = _undisturbed(
            lambda: rank_limited(self._asked(shelves, understood), limit, self.reranker)
        )
        return _answer(question, understood, limited, shelves)

    def ask_among(
        self, shelves: Sequence[Shelf], question: str, documents: Set[str], limit: int
    ) -> Answer:
        """Return what some documents alone answer to a question, with at most `limit` hits.

        Args:
            shelves: What is searched.
            question: What was written.
            documents: The digits of these documents' hashes (`Document.digits`).
            limit: The most hits to return.
        """
        understood = self._understood(shelves, question)

        def ranked() -> Ranking:
            asked = [
                replace(one, query=one.query.limited_to_texts(documents))
                for one in self._asked(shelves, understood)
            ]
            # What the other documents say is not asked.
            return rank_together(asked, limit, self.reranker)

        ranking = _undisturbed(ranked)
        return _answer(question, understood, LimitedRanking(ranking), shelves)

    def examples(
        self, shelves: Sequence[Shelf], documents: Sequence[Document], language: str
    ) -> tuple[str, ...]:
        """Return up to two questions in "vi" or "en" that the shelves' `documents` answer.

        They are found once for each state of the shelves.
        """

        def found() -> tuple[str, ...]:
            questions = example_questions(documents, language)
            answered = (one for one in questions if self.ask(shelves, one, limit=1).answered)
            return tuple(islice(answered, _EXAMPLES))

        return self._examples[language].of(shelves, found)

    def _understood(
        self, shelves: Sequence[Shelf], question: str, previous: str | None = None
    ) -> Understanding:
        restorer = self._restorer(shelves)
        return Understanding.of(_encodable(question), restorer, previous, self._today())

    def _asked(self, shelves: Sequence[Shelf], understood: Understanding) -> list[Asked]:
        """Return the question as it is put to each shelf; nothing where nothing is asked."""
        text, language = understood.text, understood.language
        if not text:
            return []
        encoded = self._encoded(unmarked(text))
        together = self._levels.of(
            shelves, lambda: Levels.together([one.index.levels for one in shelves])
        )
        asked = []
        for one in shelves:
            index = one.index.with_levels(together) if len(shelves) > 1 else one.index
            query = Query.of(index, text, encoded, language, understood.typed)
            asked.append(Asked(index, query.limited_to(understood.scope), one.label))
        return asked

    def _restorer(self, shelves: Sequence[Shelf]) -> Restorer:
        """Return what the shelves together know of spelling."""
        if len(shelves) == 1:
            return shelves[0].index.restorer
        return self._joined.of(
            shelves, lambda: Restorer.together([one.index.restorer for one in shelves])
        )


def _undisturbed(rank: Callable[[], _T]) -> _T:
    """Return what `rank` does, done again where an index has changed meanwhile."""
    for _ in range(_TRIED_AGAIN):
        with suppress(PassageGoneError):
            return rank()
    return rank()


def _answer(
    question: str, understood: Understanding, limited: LimitedRanking, shelves: Sequence[Shelf]
) -> Answer:
    ranking = limited.ranking
    return Answer(
        question=_encodable(question),
        language=understood.language,
        restored=understood.restored,
        outcome=ranking.outcome,
        hits=ranking.hits,
        missing=ranking.missing,
        courtesy=understood.courtesy,
        incomplete=understood.incomplete,
        scope=understood.scope,
        outside=limited.is_outside,
        collections=tuple(one.label for one in shelves),
    )


def _encodable(question: str) -> str:
    return question.encode("utf-8", "replace").decode()
