"""The same report twice: which documents say the same in another format or with small edits.

Two documents are compared only where they share much of their sketches: the 64 smallest of their
shingles (bottom-k MinHash, Cohen and Kaplan, "Summarizing data using bottom-k sketches", PODC
2007). So the work grows with the number of documents and not with that of their pairs.

They are duplicates where the shorter one is nearly contained in the longer one, which is not far
longer. So a passage that two documents share, as boilerplate is, makes no duplicates. Notices made
of one form say other things with the same words: where names or numbers stand in the place of
others, the documents are not the same.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import Document
from retrieval.language.numbers import NUMERALS
from retrieval.language.shingles import Shingles, containment, shingles_of
from retrieval.language.words import fold

_SKETCHED = 64  # shingles
_SHARED = 0.25  # of the smaller sketch
_CONTAINED, _RESEMBLING = 0.7, 0.5
_NEIGHBOURS = 3  # documents with the same shingle that are compared with the next one
_PER_CORRECTION = 100  # words: so long a text may have one name or number corrected
_LONGEST_CORRECTION = 6  # words
_MATCHED = 0.5  # of the words: below that, differing ones are no corrections
_WORD = re.compile(r"\d[\d.,/:]*\d|[^\W_]+")

Groups = NDArray[np.int32]
"""The first document of each document's group, -1 where it has no duplicate, shape (documents,)."""


def duplicate_groups(documents: Sequence[Document]) -> Groups:
    """Return the groups of documents that are duplicates of each other.

    Each document is read once, and again where it resembles another one.
    """
    sketches = [sketch_of(document) for document in documents]
    first = list(range(len(documents)))

    def root(number: int) -> int:
        while first[number] != number:
            number = first[number]
        return number

    for one, other in _candidates(sketches):
        low, high = sorted((root(one), root(other)))
        if low != high and are_duplicates(documents[one], documents[other]):
            first[high] = low
    roots = [root(number) for number in range(len(documents))]
    sizes = Counter(roots)
    return np.array([one if sizes[one] > 1 else -1 for one in roots], dtype=np.int32)


def sketch_of(document: Document) -> Shingles:
    """Return the shingles by which a document is compared with many others first."""
    return shingles_of(document.text)[:_SKETCHED]


def resemble(one: Shingles, other: Shingles) -> bool:
    """Tell whether the sketches of two documents have so much in common that these are compared."""
    return len(np.intersect1d(one, other)) >= _SHARED * min(len(one), len(other))


def are_duplicates(one: Document, other: Document) -> bool:
    """Tell whether two documents are the same report."""
    shorter, longer = sorted((shingles_of(one.text), shingles_of(other.text)), key=len)
    contained = containment(shorter, longer)
    common = contained * len(shorter)
    resemblance = common / max(1.0, len(shorter) + len(longer) - common)
    if contained < _CONTAINED or resemblance < _RESEMBLING:
        return False
    corrections = _corrections(one.text, other.text) + _corrections(one.title, other.title)
    return corrections <= len(shorter) // _PER_CORRECTION


def _candidates(sketches: Sequence[Shingles]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of documents that share much of their sketches, in order."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    shared: Counter[tuple[int, int]] = Counter()
    for number, sketch in enumerate(sketches):
        for shingle in sketch.tolist():
            shared.update((other, number) for other in holders[shingle][-_NEIGHBOURS:])
            holders[shingle].append(number)
    for (one, other), count in sorted(shared.items()):
        if count >= _SHARED * min(len(sketches[one]), len(sketches[other])):
            yield one, other


def _corrections(one: str, other: str) -> int:
    """Count the places where the texts have another name or number among the same words.

    None are counted where most words differ, as those of two headlines for one report may.
    """
    words = [_WORD.findall(text) for text in (one, other)]
    folded, other_folded = ([fold(word) for word in each] for each in words)
    matcher = SequenceMatcher(None, folded, other_folded)
    if matcher.ratio() < _MATCHED:
        return 0
    return sum(
        kind == "replace"
        and max(end - start, other_end - other_start) <= _LONGEST_CORRECTION
        and _tells(words[0][start:end])
        and _tells(words[1][other_start:other_end])
        for kind, start, end, other_start, other_end in matcher.get_opcodes()
    )


def _tells(words: Iterable[str]) -> bool:
    """Tell whether there is a name or a number among words."""
    return any(word[0].isupper() or word[0].isdigit() or word.lower() in NUMERALS for word in words)
