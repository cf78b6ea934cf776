"""An encoder for tests that need vectors but no meaning: texts with common words are near."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from retrieval.encoding.encoder import Encoded
from retrieval.language.words import fold

_DIMENSION = 256


class WordEncoder:
    """Maps each folded word to one of 256 directions; `encoded` and `asked` list all texts."""

    identity = "words-1"

    def __init__(self) -> None:
        self.encoded: list[str] = []
        self.asked: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        self.encoded += texts
        return [_encoded(text) for text in texts]

    def encode_query(self, text: str) -> Encoded:
        self.asked.append(text)
        return _encoded(text)


def _encoded(text: str) -> Encoded:
    words = list(re.finditer(r"[^\W_]+", text))
    vectors = np.zeros((len(words), _DIMENSION), dtype=np.float32)
    for row, word in zip(vectors, words, strict=True):
        row[hashlib.sha256(fold(word[0]).encode()).digest()[0]] = 1
    whole = vectors.sum(axis=0)
    whole /= max(1.0, float(np.linalg.norm(whole)))
    return Encoded(whole, vectors, np.array([word.end() for word in words], dtype=np.int32))
