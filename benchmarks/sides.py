"""What is timed of two encoders, each in a process of its own, as a program has one of them.

Each function runs in its side's process and returns the seconds that one turn took.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from multiprocessing import get_context
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.bundled import model_folder
from retrieval.quantised_encoder import QuantisedEncoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Work = Callable[[list[str]], float]

_TURNS = 9
_BEST_BATCH = 4  # of passages, for torch on a CPU


def in_turns(theirs: Work, ours: Work, texts: list[str]) -> NDArray[np.float64]:
    """Return the seconds a text of both, shape (2, turns); a first turn is not counted."""
    with _process() as their_side, _process() as our_side:
        turns = [
            [their_side.submit(theirs, texts).result(), our_side.submit(ours, texts).result()]
            for _ in range(_TURNS + 1)
        ]
    return np.array(turns[1:]).T / len(texts)


def torch_questions(texts: list[str]) -> float:
    """Encode one question after the other by torch, on one thread."""
    model = _torch()
    return _seconds(lambda: [model.encode_query(text) for text in texts])


def our_questions(texts: list[str]) -> float:
    """Encode one question after the other."""
    encoder = _ours()
    return _seconds(lambda: [encoder.encode_query(text) for text in texts])


def our_questions_at_once(texts: list[str]) -> float:
    """Encode all questions at once, a thread a question."""
    encoder = _ours()
    with ThreadPoolExecutor(len(texts)) as pool:
        return _seconds(lambda: list(pool.map(encoder.encode_query, texts)))


def torch_passages(texts: list[str]) -> float:
    """Encode passages by torch in its best batches, on one thread."""
    model = _torch()
    return _seconds(lambda: model.encode_document(texts, batch_size=_BEST_BATCH))


def our_passages(texts: list[str]) -> float:
    """Encode passages one after the other, so that one thread runs at a time."""
    encoder = _ours()
    return _seconds(lambda: [encoder.encode_passages([text]) for text in texts])


def _process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, get_context("spawn"))


@cache
def _ours() -> QuantisedEncoder:
    return QuantisedEncoder.open()


@cache
def _torch() -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    return SentenceTransformer(str(model_folder()))


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
