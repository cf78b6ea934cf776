"""What is timed of two encoders, each in a process of its own, as a program has one of them.

Each function runs in its side's process and returns the seconds that one turn took.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from multiprocessing import get_context
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from retrieval.encoding.bundled_model.files import model_folder
from retrieval.encoding.onnx import OnnxEncoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

T = TypeVar("T")
Seconds = NDArray[np.float64]
"""A row for each side, a column for each turn."""

_TURNS = 9
_WARM = 8  # texts of a first turn, which is not counted
_BEST_BATCH = 4  # of passages, for torch on a CPU


def in_turns(
    works: Sequence[Callable[[list[T]], float]], given: list[T], turns: int = _TURNS
) -> Seconds:
    """Return the seconds that each side, ours last, takes for one of `given`: (sides, turns)."""
    parts = [given[:_WARM], *[given] * turns]
    with ExitStack() as stack:
        sides = [stack.enter_context(_process()) for _ in works]
        taken = [
            [side.submit(work, part).result() for side, work in zip(sides, works, strict=True)]
            for part in tqdm(parts, desc="Taking turns", unit=" turns")
        ]
    return np.array(taken[1:]).T / len(given)


def torch_questions(texts: list[str]) -> float:
    """Encode one question after the other by torch, on one thread."""
    model = _torch()
    return seconds(lambda: [model.encode_query(text) for text in texts])


def our_questions(texts: list[str]) -> float:
    """Encode one question after the other."""
    encoder = _ours()
    return seconds(lambda: [encoder.encode_query(text) for text in texts])


def our_questions_at_once(texts: list[str]) -> float:
    """Encode all questions at once, a thread a question."""
    encoder = _ours()
    with ThreadPoolExecutor(len(texts)) as pool:
        return seconds(lambda: list(pool.map(encoder.encode_query, texts)))


def torch_passages(texts: list[str]) -> float:
    """Encode passages by torch in its best batches, on one thread."""
    model = _torch()
    return seconds(lambda: model.encode_document(texts, batch_size=_BEST_BATCH))


def our_passages(texts: list[str]) -> float:
    """Encode passages one after the other, so that one thread runs at a time."""
    encoder = _ours()
    return seconds(lambda: [encoder.encode_passages([text]) for text in texts])


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def _process() -> ProcessPoolExecutor:
    pool = ProcessPoolExecutor(1, get_context("spawn"))
    pool.submit(os.getpid).result()  # the process starts with its first work
    return pool


@cache
def _ours() -> OnnxEncoder:
    return OnnxEncoder.open()


@cache
def _torch() -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    return SentenceTransformer(str(model_folder()))
