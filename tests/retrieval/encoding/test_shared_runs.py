"""SharedRuns: who waits shares a run with texts of equal length, and every text gets its own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.encoding.shared_runs import SharedRuns

Ids = NDArray[np.int64]
Array = NDArray[np.float32]


class Model:
    """Gives each token its own id as a vector, once it is let go on; remembers its runs."""

    def __init__(self) -> None:
        self.runs: list[tuple[int, ...]] = []
        self.begun = Event()
        self.may_go_on = Event()

    def __call__(self, ids: Ids) -> Array:
        self.runs.append(ids.shape)
        self.begun.set()
        assert self.may_go_on.wait(10)
        if (ids < 0).any():
            raise ValueError("no such token")
        return ids[..., np.newaxis].astype(np.float32)


def texts(*lengths: int) -> list[Ids]:
    return [np.full(length, number) for number, length in enumerate(lengths)]


def asked_while_busy(model: Model, waiting: list[Ids]) -> list[Future[Array]]:
    """Ask for `waiting` while the only processor runs another text; then let all go on."""
    shared = SharedRuns(model, processors=1)
    with ThreadPoolExecutor(len(waiting) + 1) as pool:
        pool.submit(shared.vectors, np.zeros(99, np.int64))
        assert model.begun.wait(10)
        found = [pool.submit(shared.vectors, ids) for ids in waiting]
        until(lambda: len(shared._waiting) == len(waiting))
        model.may_go_on.set()
    return found


def until(true: Callable[[], bool]) -> None:
    for _ in range(1000):
        if true():
            return
        Event().wait(0.01)
    raise AssertionError("it never became true")


def test_texts_of_equal_length_share_a_run_and_each_gets_its_own_vectors() -> None:
    model, waiting = Model(), texts(4, 7, 4, 4, 7)
    found = asked_while_busy(model, waiting)
    for future, ids in zip(found, waiting, strict=True):
        np.testing.assert_array_equal(future.result()[:, 0], ids)
    assert model.runs[0] == (1, 99)
    assert sorted(model.runs[1:]) == [(2, 7), (3, 4)]


def test_a_run_has_no_more_tokens_than_help() -> None:
    model = Model()
    asked_while_busy(model, texts(*[50] * 5))
    assert sorted(model.runs[1:]) == [(1, 50), (2, 50), (2, 50)]


def test_a_long_text_runs_alone() -> None:
    model = Model()
    asked_while_busy(model, texts(300, 300))
    assert model.runs[1:] == [(1, 300), (1, 300)]


def test_an_error_reaches_all_that_share_the_run_and_nobody_else() -> None:
    model = Model()
    found = asked_while_busy(model, [np.full(3, -1), np.full(3, 5), np.full(2, 6)])
    for future in found[:2]:
        with pytest.raises(ValueError, match="no such token"):
            future.result()
    np.testing.assert_array_equal(found[2].result(), [[6], [6]])


def test_one_after_another_each_runs_alone() -> None:
    model = Model()
    model.may_go_on.set()
    shared = SharedRuns(model)
    for ids in texts(3, 3):
        np.testing.assert_array_equal(shared.vectors(ids)[:, 0], ids)
    assert model.runs == [(1, 3), (1, 3)]
