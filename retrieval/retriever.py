"""A question in, an `Answer` out: how the bot, the command line and an evaluation ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from datetime import date
from functools import lru_cache
from itertools import islice
from threading import Lock
from weakref import WeakKeyDictionary

from retrieval.answers import Answer
from retrieval.asking.examples import example_questions
from retrieval.asking.understanding import Understanding
from retrieval.collection.collection import Collection
from retrieval.documents import Document, Passage, Span
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.loading import load_encoder
from retrieval.index.index import Index
from retrieval.index.provenance import Mask
from retrieval.language.words import unmarked
from retrieval.page_pictures import PagePicture
from retrieval.ranking.limits import LimitedRanking, rank_limited
from retrieval.ranking.query import Query
from retrieval.ranking.ranking import Ranking, rank
from retrieval.reading.parse_cache import ParsedFile
from retrieval.refusals import Cause, UnreadableError
from retrieval.reranking.loading import load_reranker
from retrieval.reranking.reranker import Reranker
from retrieval.settings import RetrievalSettings

_EXAMPLES = 2  # questions in a language that are found and kept
_REMEMBERED = 64  # encoded questions: about 20 KB each, 500 KB where they are long


class Retriever:
    """Answers questions from a folder of documents.

    All methods may be called from several threads at once.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     settings = RetrievalSettings(seeds=Path(folder, "seeds"), index=Path(folder, "index"))
    ...     settings.seeds.mkdir()
    ...     _ = (settings.seeds / "food.txt").write_text("Rice is the staple food of Vietnam.")
    ...     hit = Retriever.open(settings).ask("What do people in Vietnam eat?").hits[0]
    >>> print(hit.quote, "-", hit.document.citation)
    Rice is the staple food of Vietnam. - food.txt
    """

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        settings: RetrievalSettings | None = None,
        reranker: Reranker | None = None,
        today: Callable[[], date] = date.today,
        collection: Collection | None = None,
    ) -> None:
        """Store what answers questions.

        Args:
            index: The passages that are searched.
            encoder: The encoder that made the index.
            settings: Where the documents and the index lie; None for an index that lies nowhere,
                which `reopen` leaves as it is.
            reranker: The one that the index's levels were measured with, if any.
            today: Tells the day from which "last week" in a question counts.
            collection: What the index belongs to. With it, `reopen` does nothing where nothing has
                changed, and pages of its files can be drawn.
        """
        self._index = index
        self._collection = collection
        self._encoder = encoder
        self._reranker = reranker
        # The same question often comes again: from other people, or while one is being typed.
        self._encoded = lru_cache(_REMEMBERED)(encoder.encode_query)
        self._settings = settings
        self._today = today
        self._reopening = Lock()
        self._examples: WeakKeyDictionary[Index, dict[str, tuple[str, ...]]] = WeakKeyDictionary()

    @classmethod
    def open(cls, settings: RetrievalSettings) -> Retriever:
        """Load the encoder, and the reranker if one is named, and open the index.

        The index is built first where there is none, or where the documents, a model or the format
        have changed since.

        Raises:
            EncoderError: The encoder cannot be loaded.
            RerankerError: The reranker cannot be loaded.
            CollectionError: The documents cannot be read, or the index cannot be written.
        """
        encoder = load_encoder(settings.encoder)
        reranker = load_reranker(settings.reranker)
        opened = Collection.open(settings, encoder, reranker)
        return cls(opened.index, encoder, settings, reranker, collection=opened)

    def reopen(self, *parsed: ParsedFile, unfinished: Set[str] = frozenset()) -> None:
        """Take up what has changed in the documents' folder.

        Meanwhile questions are answered from the old index. Calls from several threads reopen one
        after the other.

        Args:
            parsed: Files that were parsed already, and are not parsed again.
            unfinished: The names of documents whose files are still being written; they stay as
                they were.

        Raises:
            CollectionError: As `open` does; the old index stays.
        """
        if self._settings:
            with self._reopening:
                self._collection = Collection.open(
                    self._settings,
                    self._encoder,
                    self._reranker,
                    parsed,
                    self._collection,
                    unfinished,
                )
                self._index = self._collection.index

    @property
    def documents(self) -> Sequence[Document]:
        """The documents of the collection, in the order of their names; each is read on access."""
        return self._index.documents

    @property
    def passage_count(self) -> int:
        """How many passages the collection has."""
        return len(self._index.passages)

    @property
    def digits(self) -> frozenset[str]:
        """The first digits of the hash of every document's text (`Document.digits`)."""
        return self._index.documents.digits

    def with_hash(self, digits: str) -> Document | None:
        """Return a document whose hash begins with the hexadecimal `digits`, if there is one."""
        return self._index.documents.with_hash(digits)

    def named(self, name: str) -> Document | None:
        """Return the document of this name, if there is one."""
        return self._index.documents.named(name)

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the passages of one document of the collection, in its order.

        There are none where the collection does not hold this name with this text, as after a
        `reopen` in which the document was changed or removed.
        """
        return self._index.passages_of(document)

    def page_pictures(self, document: Document, span: Span) -> tuple[PagePicture, ...]:
        """Return the pages of a document's file that `span` stands on, with `span` marked.

        Raises UnreadableError and CollectionError as `PageFiles.pictures` does.
        """
        if self._collection is None:
            raise UnreadableError(Cause.NO_FILE)
        return self._collection.files.pictures(document, span)

    def also_in(self, document: Document) -> tuple[Document, ...]:
        """Return the other documents that are the same report, none where it has no duplicate."""
        return self._index.also_in(document)

    def ask(self, question: str, limit: int = 3, previous: str | None = None) -> Answer:
        """Return the answer to a question, with at most `limit` hits, best first.

        Args:
            question: What was written. Code points that UTF-8 cannot hold, such as half a surrogate
                pair, become "?".
            limit: The most hits to return.
            previous: The question before it in the same conversation, as it was understood, from
                which a follow-up ("And in 2022?") takes what it leaves out.
        """
        index = self._index  # `reopen` may replace it while this runs
        understood = self._understood(question, index, previous)
        return _answer(question, understood, self._ranking(index, understood, limit))

    def ask_among(self, question: str, documents: Set[str], limit: int = 3) -> Answer:
        """Return what some documents alone answer to a question, with at most `limit` hits.

        Args:
            question: What was written.
            documents: The digits of these documents' hashes (`Document.digits`).
            limit: The most hits to return.
        """
        index = self._index
        understood = self._understood(question, index)
        among = index.passages_having(documents)
        return _answer(question, understood, self._ranking(index, understood, limit, among))

    def examples(self, language: str) -> tuple[str, ...]:
        """Return up to two questions in "vi" or "en" that the documents answer.

        They are found once for each state of the documents.
        """
        index = self._index
        known = self._examples.setdefault(index, {})
        if language not in known:
            answered = (
                question
                for question in example_questions(index.documents, language)
                if self.ask(question, limit=1).answered
            )
            known[language] = tuple(islice(answered, _EXAMPLES))
        return known[language]

    def _understood(
        self, question: str, index: Index, previous: str | None = None
    ) -> Understanding:
        return Understanding.of(_encodable(question), index.restorer, previous, self._today())

    def _ranking(
        self, index: Index, understood: Understanding, limit: int, among: Mask | None = None
    ) -> LimitedRanking:
        if not understood.text:
            return LimitedRanking(Ranking())
        text = understood.text
        encoded, language = self._encoded(unmarked(text)), understood.language
        query = Query.of(index, text, encoded, language, understood.typed)
        limited = query.limited_to(understood.scope, index)
        if among is not None:  # what the other documents say is not asked
            return LimitedRanking(rank(index, limited.within(among), limit, self._reranker))
        return rank_limited(index, limited, limit, self._reranker)


def _answer(question: str, understood: Understanding, limited: LimitedRanking) -> Answer:
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
    )


def _encodable(question: str) -> str:
    return question.encode("utf-8", "replace").decode()
