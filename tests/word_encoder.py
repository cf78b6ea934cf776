"""An encoder for tests that need vectors but no meaning: texts that share words are near."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.words import tokens

Vectors = NDArray[np.float32]

_DIMENSION = 256


class WordEncoder:
    """Each folded word is one of 256 directions; `encoded` lists every text ever encoded."""

    identity = "words-1"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Vectors:
        vector = np.zeros(_DIMENSION, dtype=np.float32)
        for word in tokens(text):
            vector[hashlib.sha256(word.encode()).digest()[0]] += 1
        return vector / np.float32(max(1.0, float(np.linalg.norm(vector))))
