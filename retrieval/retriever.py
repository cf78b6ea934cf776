"""A question in, an `Answer` out: the one way to ask, for the bot, the command line and tests."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock

from retrieval.answers import Answer, Hit
from retrieval.collection.collection import Collection
from retrieval.documents import Document, Passage
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.loading import load_encoder
from retrieval.index.index import Index
from retrieval.language.detection import language_of
from retrieval.language.words import normal, tokens, unmarked
from retrieval.ranking.query import Query
from retrieval.ranking.ranking import rank
from retrieval.ranking.scoring import answers
from retrieval.settings import RetrievalSettings

_REMEMBERED = 64  # encoded questions, of some 20 KB each, 500 where they are long


class Retriever:
    """Answers questions from an index; `ask` may be called from several threads at once."""

    def __init__(
        self, index: Index, encoder: Encoder, settings: RetrievalSettings | None = None
    ) -> None:
        """Store the index, the encoder that made it and, if it has a folder, where that is."""
        self._index = index
        self._encoder = encoder
        # People ask again what others have just asked, and inline mode asks at every pause.
        self._encoded = lru_cache(_REMEMBERED)(encoder.encode_query)
        self._settings = settings
        self._reopening = Lock()

    @classmethod
    def open(cls, settings: RetrievalSettings) -> Retriever:
        """Load the encoder and open the index, building it first where it does not hold.

        Raises CollectionError with one line that says what to do.
        """
        encoder = load_encoder(settings.encoder)
        return cls(Collection.open(settings, encoder).index, encoder, settings)

    def reopen(self) -> None:
        """Take up what has changed in the documents' folder; `ask` goes on from the old index.

        Whoever calls it while another reopens waits and looks again. Raises CollectionError with
        one line that says what to do, and stays with the old index.
        """
        if self._settings:
            with self._reopening:
                self._index = Collection.open(self._settings, self._encoder).index

    @property
    def documents(self) -> Sequence[Document]:
        """The documents of the collection, in the order of their names, read when asked for."""
        return self._index.documents

    @property
    def passage_count(self) -> int:
        """How many passages there are to answer from."""
        return len(self._index.passages)

    def with_hash(self, digits: str) -> Document | None:
        """Return a document whose hash begins with `digits`, if there is one."""
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

    def ask(self, question: str, limit: int = 3) -> Answer:
        """Return the answer with at most `limit` hits, best first.

        What is no character, such as half a surrogate pair, is asked and returned as "?".
        """
        question = question.encode("utf-8", "replace").decode()
        text = normal(question).strip()
        language = language_of(text)
        index = self._index  # `reopen` may put another one there meanwhile
        restored = index.restorer.restore(text) if language == "vi" else None
        hits = self._hits(index, restored or text, language, limit) if tokens(text) else ()
        return Answer(question, language, restored, _is_answered(language, hits), hits)

    def _hits(self, index: Index, question: str, language: str, limit: int) -> tuple[Hit, ...]:
        encoded = self._encoded(unmarked(question))
        return rank(index, Query.of(index, question, encoded, language), limit)


def _is_answered(language: str, hits: tuple[Hit, ...]) -> bool:
    return bool(hits) and answers(hits[0].score, hits[0].document.language == language)
