"""BM25 weights that later passages get: those of the generation's own numbers, which stay.

A weight is the word's inverse document frequency times tf / (tf + k1 (1 - b + b words / average)).
How many passages there are, how many hold a word and how long they are on average is counted once,
when a generation is built. So a passage's score stays the same whatever comes and goes beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from statistics import median

from retrieval.context import searched_words
from retrieval.documents import Passage
from retrieval.index.lexical import K1, B, Postings, idf

_MEASURED = 50  # passages


def term_weights(
    words: Counter[str], frequencies: Mapping[str, int], passages: int, average: float
) -> dict[str, float]:
    """Return what each word of a passage weighs.

    Args:
        words: The passage's words.
        frequencies: How many passages hold each of these words, by what was counted.
        passages: How many passages were counted.
        average: How many words these had on average.
    """
    damping = K1 * (1 - B + B * words.total() / average)
    return {
        word: idf(passages, frequencies[word]) * times / (times + damping)
        for word, times in words.items()
    }


def average_words(passages: Sequence[Passage], postings: Postings) -> float:
    """Return how many words the passages of an index have on average.

    bm25s does not keep this number. It follows from the weights of any passage; that of several is
    taken, because they are rounded.
    """
    numbers = {word: number for number, word in enumerate(postings.words)}
    counted = ((n, Counter(searched_words(one))) for n, one in enumerate(passages))
    with_words = ((n, words) for n, words in counted if words)
    return median(
        [
            _average(postings, numbers, len(passages), n, words)
            for n, words in islice(with_words, _MEASURED)
        ]
        or [1.0]
    )


def _average(
    postings: Postings, numbers: Mapping[str, int], passages: int, passage: int, words: Counter[str]
) -> float:
    """Solve the formula of the weight of a passage's most frequent word for the average."""
    word, times = words.most_common(1)[0]
    first, end = postings.first[numbers[word] : numbers[word] + 2].tolist()
    place = first + int(postings.passages[first:end].searchsorted(passage))
    share = float(postings.weights[place]) / idf(passages, end - first)
    damping = times / share - times
    return B * words.total() / (damping / K1 - (1 - B))
