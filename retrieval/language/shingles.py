"""Shingles: the runs of five words of a text, as numbers, by which two texts are compared.

Words are folded, so that case, punctuation, line breaks and the format of a file make no difference
(Broder, "On the resemblance and containment of documents", SEQUENCES 1997).
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from retrieval.language.words import tokens

_LENGTH = 5  # words
_PRIME = np.uint64(0x100000001B3)

Shingles = NDArray[np.uint64]
"""The distinct shingles of a text, ascending."""


def shingles_of(text: str) -> Shingles:
    """Return the shingles of a text; one of less than five words is one shingle, or none."""
    words = np.array([_hashed(word) for word in tokens(text)], dtype=np.uint64)
    length = min(_LENGTH, len(words))
    if not length:
        return words
    hashed = np.zeros(len(words) - length + 1, dtype=np.uint64)
    for place in range(length):  # the products wrap around, as they should
        hashed = hashed * _PRIME + words[place : place + len(hashed)]
    # The lower bits of a product hardly depend on the upper ones of its factors.
    return np.unique(hashed ^ (hashed >> np.uint64(29)))


def containment(part: Shingles, whole: Shingles) -> float:
    """Return the share of the shingles of `part` that `whole` has too, 0 where it has none.

    >>> text = shingles_of("the ferry leaves at noon from the old pier")
    >>> containment(shingles_of("The ferry leaves at noon!"), text), containment(text, text)
    (1.0, 1.0)
    """
    if not len(part):
        return 0.0
    return len(np.intersect1d(part, whole, assume_unique=True)) / len(part)


@lru_cache(100_000)
def _hashed(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
