"""The timed tasks of the two encoders, each in a process of its own, as programs use only one.

Each function runs in the process of its side and returns the seconds that one turn took.
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
_WARM = 8  # texts in the first turn, which is not counted
_BEST_BATCH = 4  # passages; with these torch is fastest on a CPU


def in_turns(
    works: Sequence[Callable[[list[T]], float]], given: list[T], turns: int = _TURNS
) -> Seconds:
    """Return each side's seconds for each of `given`, shape (sides, turns), ours last."""
    parts = [given[:_WARM], *[given] * turns]
    with ExitStack() as stack:
        sides = [stack.enter_context(_process()) for _ in works]
        taken = [
            [side.submit(work, part).result() for side, work in zip(sides, works, strict=True)]
            for part in tqdm(parts, desc="Taking turns", unit=" turns")
        ]
    return np.array(taken[1:]).T / len(given)


def torch_questions(texts: list[str]) -> float:
    """Encode the questions one by one with torch, on one thread."""
    model = _torch()
    return seconds(lambda: [model.encode_query(text) for text in texts])


def our_questions(texts: list[str]) -> float:
    """Encode the questions one by one."""
    encoder = _ours()
    return seconds(lambda: [encoder.encode_query(text) for text in texts])


def our_questions_at_once(texts: list[str]) -> float:
    """Encode all questions at once, each in a thread of its own."""
    encoder = _ours()
    with ThreadPoolExecutor(len(texts)) as pool:
        return seconds(lambda: list(pool.map(encoder.encode_query, texts)))


def torch_passages(texts: list[str]) -> float:
    """Encode the passages with torch in batches of `_BEST_BATCH`, on one thread."""
    model = _torch()
    return seconds(lambda: model.encode_document(texts, batch_size=_BEST_BATCH))


def our_passages(texts: list[str]) -> float:
    """Encode the passages one by one, so that only one thread runs at a time."""
    encoder = _ours()
    return seconds(lambda: [encoder.encode_passages([text]) for text in texts])


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds that `work` takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def _process() -> ProcessPoolExecutor:
    pool = ProcessPoolExecutor(1, get_context("spawn"))
    pool.submit(os.getpid).result()  # the process starts with its first task
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
