"""Fits the weights of `retrieval.ranking.scoring` to labelled questions.

    python -m benchmarks.fit

The retriever's own code gathers the evidence for every slice of ../shared/bench/xquad-dev. Weights
are fitted by maximum likelihood: they maximise the probability of the right candidate under a
softmax over the scores (Cao et al., "Learning to Rank: From Pairwise Approach to Listwise
Approach", ICML 2007). Every other question is held back. The table shows the share of right answers
that weights fitted on one half reach on the other half, beside that of the rounded weights that
ship.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from retrieval.encoding.encoder import Encoder
from retrieval.encoding.loading import load_encoder
from retrieval.evaluation.dataset import Dataset
from retrieval.evaluation.evaluation import index_of
from retrieval.index.index import Index
from retrieval.language.detection import language_of
from retrieval.language.words import unmarked
from retrieval.ranking.judged import Scored
from retrieval.ranking.query import Query
from retrieval.ranking.scored import score_best, sentence_evidence
from retrieval.ranking.scoring import PassageEvidence, SentenceEvidence

SLICES = (
    "vi-vi",
    "en-en",
    "vi-en",
    "en-vi",
    "plain-vi",
)  # not `mixed`, where the levels decide too
DATA = Path(__file__).parents[2] / "shared" / "bench" / "xquad-dev"
_CANDIDATES = 50
_DECAY = 0.003  # keeps a weight near 0 if the questions do not depend on it
_STEPS = 200

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Choice:
    """The candidates of one question.

    `parts`, shape (n, parts), is their evidence in the order of its weights; `right`, shape (n,),
    tells which of them are right.
    """

    parts: Matrix
    right: NDArray[np.bool_]

    @classmethod
    def between(
        cls,
        values: Mapping[str, NDArray[np.float32]],
        weights: Mapping[str, float],
        right: Sequence[bool],
    ) -> Choice:
        """Put the values of each part, shape (n,), into the column of its weight."""
        parts = np.stack([values[name] for name in weights], axis=1)
        return cls(parts, np.array(right, dtype=np.bool_))


@dataclass(frozen=True)
class Choices:
    """The choices of a slice: between passages, and between the sentences of the right passage."""

    passages: list[Choice]
    sentences: list[Choice]

    @classmethod
    def gather(cls, dataset: Dataset, encoder: Encoder) -> Choices:
        """Ask the questions of a slice, and keep the evidence instead of the answers."""
        index = index_of(dataset, encoder)
        passages: list[Choice] = []
        sentences: list[Choice] = []
        for query in tqdm(dataset.relevant, desc="Asking", unit=" questions"):
            question = _query(index, dataset.questions[query], encoder)
            scored = score_best(index, question, _CANDIDATES)
            passages.append(_passages(scored, dataset.relevant[query]))
            sentences += _sentences(scored, query, dataset)
        return cls([one for one in passages if one.right.any()], sentences)


def main() -> None:
    """Print the figures for the shipped weights, for the halves held back, and for a fit to all."""
    encoder = load_encoder()
    gathered = {name: Choices.gather(Dataset.load(DATA / name), encoder) for name in SLICES}
    print("right passage first")
    _report({name: each.passages for name, each in gathered.items()}, PassageEvidence.weights())
    print("\nanswering sentence of the right passage")
    answers = {name: each.sentences for name, each in gathered.items() if each.sentences}
    _report(answers, SentenceEvidence.weights())


def fit(choices: Sequence[Choice]) -> Matrix:
    """Return the weights, shape (parts,), with the highest likelihood of the right candidates."""
    parts, real, right = (torch.from_numpy(array) for array in _padded(choices))
    weights = torch.zeros(parts.shape[2], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = (parts @ weights).masked_fill(~real, -torch.inf)
        chances = scores.logsumexp(1) - scores.masked_fill(~right, -torch.inf).logsumexp(1)
        lost: torch.Tensor = chances.mean() + _DECAY * (weights**2).mean()
        lost.backward()  # type: ignore[no-untyped-call]
        return lost

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    fitted: Matrix = weights.detach().numpy()
    return fitted


def share_right(choices: Sequence[Choice], weights: Matrix) -> float:
    """Return the share of questions whose best candidate by `weights` is right."""
    return float(np.mean([one.right[(one.parts @ weights).argmax()] for one in choices]))


def _report(slices: Mapping[str, Sequence[Choice]], shipped: Mapping[str, float]) -> None:
    halves = [{name: choices[start::2] for name, choices in slices.items()} for start in (0, 1)]
    fitted = [fit([one for choices in half.values() for one in choices]) for half in halves]
    to_all = fit([one for choices in slices.values() for one in choices])
    ships = np.array(list(shipped.values()), dtype=np.float32)
    print(f"{'':24}" + "".join(f"{name:>10}" for name in slices))
    for number, half in enumerate(halves):
        _row(f"half {number + 1}, as shipped", half, ships)
        _row(f"half {number + 1}, by the other", half, fitted[1 - number])
    _row("all, as shipped", slices, ships)
    _row("all, fitted to all", slices, to_all)
    scale = ships.max() / to_all.max()
    rescaled = zip(shipped, to_all * scale, strict=True)
    print("weights: " + ", ".join(f"{name} {weight:.2f}" for name, weight in rescaled))


def _row(label: str, slices: Mapping[str, Sequence[Choice]], weights: Matrix) -> None:
    shares = (share_right(choices, weights) for choices in slices.values())
    print(f"{label:24}" + "".join(f"{share:10.3f}" for share in shares))


def _query(index: Index, question: str, encoder: Encoder) -> Query:
    language = language_of(question)
    text = (language == "vi" and index.restorer.restore(question)) or question
    return Query.of(index, text, encoder.encode_query(unmarked(text)), language)


def _passages(scored: Sequence[Scored], relevant: frozenset[str]) -> Choice:
    names = [one.passage.document.name for one in scored]
    weights = PassageEvidence.weights()
    rows = [{part.name: part.value for part in one.parts} for one in scored]
    values = {name: np.array([row[name] for row in rows], np.float32) for name in weights}
    return Choice.between(values, weights, [name in relevant for name in names])


def _sentences(scored: Sequence[Scored], query: str, dataset: Dataset) -> Iterator[Choice]:
    """Yield the sentences of the answer's passage, if one of them holds the whole answer."""
    for one in scored:
        passage = one.passage
        place = dataset.answers.get((query, passage.document.name))
        if place:
            right = [s.start <= place.start and place.end <= s.end for s in passage.sentences]
            if any(right):
                evidence = sentence_evidence(one)
                yield Choice.between(evidence.values(), evidence.weights(), right)


def _padded(choices: Sequence[Choice]) -> tuple[Matrix, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return all parts, padded, with masks of the real and of the right candidates.

    Shapes: (questions, most candidates, parts), and (questions, most candidates) for both masks.
    """
    shape = len(choices), max(len(one.right) for one in choices)
    parts = np.zeros((*shape, choices[0].parts.shape[1]), dtype=np.float32)
    real, right = np.zeros((2, *shape), dtype=np.bool_)
    for number, one in enumerate(choices):
        parts[number, : len(one.right)] = one.parts
        real[number, : len(one.right)] = True
        right[number, : len(one.right)] = one.right
    return parts, real, right


if __name__ == "__main__":
    main()
