"""A question in, an `Answer` out: the one way to ask, for the bot, the command line and tests.

Candidates come from three searches: passage vectors, sentence vectors and words. Their union is
scored exactly, the best passages are returned, and in each the sentence that answers is marked.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import Answer, Document, Hit
from retrieval.embedder import Embedder, Vectors
from retrieval.encoder import Encoder
from retrieval.index import Index
from retrieval.languages import language_of
from retrieval.library import Library
from retrieval.scoring import Evidence, answers, passage_scores, sentence_scores
from retrieval.settings import RetrievalSettings
from retrieval.words import normal, tokens

_CANDIDATES = 100

Ids = NDArray[np.int64]


class Retriever:
    """Answers questions from an index; `ask` may be called from several threads at once."""

    def __init__(self, index: Index, encoder: Embedder) -> None:
        """Store the index and the encoder that made it."""
        self._index = index
        self._encoder = encoder

    @classmethod
    def open(cls, settings: RetrievalSettings) -> Retriever:
        """Load the encoder and open the index, building it first where it does not hold.

        Raises CollectionError with one line that says what to do.
        """
        encoder = Encoder.load(settings.encoder)
        return cls(Library.open(settings, encoder).index, encoder)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents of the collection, in the order of their names."""
        return self._index.documents

    def ask(self, question: str, limit: int = 3) -> Answer:
        """Return the answer with at most `limit` hits, best first."""
        text = normal(question).strip()
        language = language_of(text)
        restored = self._index.restorer.restore(text) if language == "vi" else None
        hits = self._hits(restored or text, language, limit) if tokens(text) else ()
        answered = bool(hits) and answers(hits[0].score)
        return Answer(question, language, restored, answered, hits)

    def _hits(self, question: str, language: str, limit: int) -> tuple[Hit, ...]:
        encoded = self._encoder.encode_query(question)[np.newaxis]
        vector = self._index.bias.removed(encoded, [language])[0]
        coverage = self._index.lexical.coverage(question)
        candidates = self._candidates(vector, coverage)
        scores = passage_scores(self._evidence(candidates, vector, coverage))
        best = np.argsort(-scores, kind="stable")[:limit]
        return tuple(
            self._hit(int(candidates[i]), float(scores[i]), question, vector) for i in best
        )

    def _candidates(self, vector: Vectors, coverage: Vectors) -> Ids:
        """Return the numbers of the passages worth scoring, ascending."""
        index = self._index
        passages = index.passage_vectors.search(vector, _CANDIDATES).ids
        sentences = index.sentence_vectors.search(vector, _CANDIDATES).ids
        lexical = np.argsort(-coverage, kind="stable")[:_CANDIDATES]
        return np.unique(np.concatenate([passages, index.passage_of_sentence[sentences], lexical]))

    def _evidence(self, candidates: Ids, vector: Vectors, coverage: Vectors) -> Evidence:
        best_sentence = [self._sentence_cosines(i, vector).max() for i in candidates]
        return Evidence(
            dense=self._index.passage_vectors.get(candidates) @ vector,
            sentence=np.array(best_sentence, dtype=np.float32),
            coverage=coverage[candidates],
        )

    def _sentence_cosines(self, passage: int, vector: Vectors) -> Vectors:
        first, end = self._index.first_sentence[passage : passage + 2]
        cosines: Vectors = self._index.sentence_vectors.get(np.arange(first, end)) @ vector
        return cosines

    def _hit(self, number: int, score: float, question: str, vector: Vectors) -> Hit:
        passage = self._index.passages[number]
        texts = [span.of(passage.document.text) for span in passage.sentences]
        coverage = self._index.lexical.share_of_words(question, texts)
        best = sentence_scores(self._sentence_cosines(number, vector), coverage).argmax()
        return Hit(passage, passage.sentences[int(best)], score)
