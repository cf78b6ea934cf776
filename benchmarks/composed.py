"""A synthetic collection of any size whose texts and vectors resemble real ones.

Texts: a sentence joins the first third of one real sentence with the second third of another and
the last third of a third one, all in the same language. So hardly any two sentences are equal. A
passage has three to five sentences, a document has twenty passages.

Tokens: those of the three parts.

Vectors: a sentence's vector is the mean of its language plus a weighted sum of three differences:
those of the three real sentences from that mean. The squares of the weights add up to 1, so the
vectors have the spread of the real ones, in the same directions. A passage's vector is made in the
same way from its sentences.

Only the real sentences (../shared/bench/xquad-dev) are encoded, each once, and a fixed seed decides
everything else. Time and memory are those of a real collection of the same size. The quality of the
answers cannot be measured on it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import Document, Passage, Span
from retrieval.encoding.cache import TextKind
from retrieval.encoding.encoder import Encoded, Encoder, Vectors
from retrieval.evaluation.dataset import Dataset
from retrieval.sentences import sentences_of

# The slice with both languages: its sentences are composed, its questions asked.
DATA = Path(__file__).parents[2] / "shared" / "bench" / "xquad-dev" / "mixed"
PASSAGES_EACH = 20  # in each document
_SENTENCES = (3, 4, 5)
_WEIGHTS = np.sqrt([0.5, 0.3, 0.2]).astype(np.float32)  # of the three parts of a sentence
_JOINT = " · "  # between parts; no real sentence has it
_SEED = 7


@dataclass(frozen=True)
class Part:
    """A part of a real sentence: its text and tokens, and the vector of the whole sentence."""

    text: str
    encoded: Encoded

    @classmethod
    def all_of(cls, text: str, encoded: Encoded) -> list[Part]:
        """Cut a sentence into as many parts as there are weights; it needs more words than that."""
        spaces = [i for i, char in enumerate(text) if char == " "]
        count = len(_WEIGHTS)
        cuts = [-1, *(spaces[len(spaces) * n // count] for n in range(1, count)), len(text)]
        ends = encoded.ends
        return [
            cls(
                text[start + 1 : end],
                Encoded(
                    encoded.vector,
                    encoded.tokens[(start < ends) & (ends <= end)],
                    ends[(start < ends) & (ends <= end)] - np.int32(start + 1),
                ),
            )
            for start, end in pairwise(cuts)
        ]


class ComposedCollection:
    """Generates the passages, and stands in for the cache of their encodings."""

    def __init__(self, parts: dict[str, list[list[Part]]], encoder: Encoder) -> None:
        """Store each language's real sentences, cut into parts, and the encoder for questions."""
        self._parts = parts
        self._encoder = encoder
        self._known: dict[str, Encoded] = {}
        self._around: dict[
            str, tuple[Vectors, Vectors]
        ] = {}  # the difference from the mean, and the mean
        for sentences in parts.values():
            mean = np.mean([own[0].encoded.vector for own in sentences], axis=0)
            for part in (part for own in sentences for part in own):
                self._known[part.text] = part.encoded
                self._around[part.text] = part.encoded.vector - mean, mean

    @classmethod
    def of(cls, dataset: Dataset, encoder: Encoder) -> ComposedCollection:
        """Encode the sentences of a dataset, except those that are too short to cut."""
        parts: dict[str, list[list[Part]]] = {}
        for document in dataset.documents:
            texts = [span.of(document.text) for span in sentences_of(document)]
            texts = [text for text in texts if text.count(" ") > 5 and _JOINT not in text]
            pairs = zip(texts, encoder.encode_passages(texts), strict=True)
            parts.setdefault(document.language, []).extend(Part.all_of(*pair) for pair in pairs)
        return cls(parts, encoder)

    def passages(self, size: int) -> Iterator[Passage]:
        """Yield `size` passages, document by document. They are the same in every run."""
        chance = random.Random(_SEED)  # noqa: S311 - a collection, not a secret
        languages = sorted(self._parts)
        for number, first in enumerate(range(0, size, PASSAGES_EACH)):
            language = languages[number % len(languages)]
            count = min(PASSAGES_EACH, size - first)
            yield from self._document(f"{number:07}.txt", language, count, chance)

    def encode(self, texts: Sequence[str], kind: TextKind) -> None:
        """Do nothing, because every encoding is composed on demand."""

    def encoded(self, texts: Sequence[str], kind: TextKind) -> list[Encoded]:
        """Return composed encodings of passages and sentences; questions are really encoded."""
        if kind is TextKind.QUESTION:
            return [self._encoder.encode_query(text) for text in texts]
        pairs = zip(texts, self.vectors(texts), strict=True)
        if kind is TextKind.SENTENCE:
            nothing = np.zeros((0, 0), np.float32), np.zeros(0, np.int32)
            return [Encoded(vector, *nothing) for _, vector in pairs]
        return [Encoded(vector, *self._tokens(text)) for text, vector in pairs]

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of sentences or passages, shape (n, dimension)."""
        lines = [text.split("\n") for text in texts]
        parts = [self._around[part] for own in lines for line in own for part in line.split(_JOINT)]
        differences = np.stack([difference for difference, _ in parts])
        differences *= np.tile(_WEIGHTS, len(parts) // len(_WEIGHTS))[:, np.newaxis]
        counts = np.array([len(own) for own in lines])
        starts = (np.cumsum(counts) - counts) * len(_WEIGHTS)
        sums = np.add.reduceat(differences, starts, axis=0)
        sums /= np.sqrt(counts, dtype=np.float32)[:, np.newaxis]
        sums += np.stack([parts[start][1] for start in starts])
        unit: Vectors = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit

    def _tokens(self, text: str) -> tuple[Vectors, NDArray[np.int32]]:
        tokens, ends, start = [], [], 0
        for line in text.split("\n"):
            for part in line.split(_JOINT):
                known = self._known[part]
                tokens.append(known.tokens)
                ends.append(known.ends + np.int32(start))
                start += len(part) + len(_JOINT)
            start += 1 - len(_JOINT)
        return np.concatenate(tokens), np.concatenate(ends)

    def _document(
        self, name: str, language: str, count: int, chance: random.Random
    ) -> list[Passage]:
        texts, spans, start = [], [], 0
        for _ in range(count):
            lines = [self._sentence(language, chance) for _ in range(chance.choice(_SENTENCES))]
            ends = start + np.cumsum([len(line) + 1 for line in lines]) - 1
            spans.append([Span(int(e) - len(t), int(e)) for e, t in zip(ends, lines, strict=True)])
            texts.append("\n".join(lines))
            start += len(texts[-1]) + 2
        document = Document(name, "\n\n".join(texts), language=language)
        return [Passage(document, Span(own[0].start, own[-1].end), tuple(own)) for own in spans]

    def _sentence(self, language: str, chance: random.Random) -> str:
        chosen = chance.choices(self._parts[language], k=len(_WEIGHTS))
        return _JOINT.join(sentence[place].text for place, sentence in enumerate(chosen))
