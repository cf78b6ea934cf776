"""Passages are encoded on the processors that the process may use, on no others."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

import joblib
import pytest

from retrieval.encoding import onnx
from retrieval.encoding.onnx import OnnxEncoder


@pytest.fixture
def no_quota(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide what the container of the tests itself may use: its quota, and a limit by hand."""
    monkeypatch.setattr(os.path, "exists", lambda _: False)
    monkeypatch.delenv("LOKY_MAX_CPU_COUNT", raising=False)


def test_passages_are_encoded_on_as_many_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = OnnxEncoder.open()
    pools = []

    def pool(threads: int) -> ThreadPoolExecutor:
        pools.append(threads)
        return ThreadPoolExecutor(threads)

    monkeypatch.setattr(onnx, "ThreadPoolExecutor", pool)
    monkeypatch.setattr(joblib, "cpu_count", lambda: 3)
    assert len(encoder.encode_passages(["one", "two"])) == 2
    assert pools == [3]


@pytest.mark.usefixtures("no_quota")
def test_only_those_are_counted_that_the_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 5, 7}, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    assert joblib.cpu_count() == 3


@pytest.mark.usefixtures("no_quota")
@pytest.mark.parametrize(("counted", "usable"), [(8, 8), (None, 1)])
def test_all_are_counted_where_the_system_keeps_none_away(
    counted: int | None, usable: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(sys, "platform", "darwin")  # joblib warns of a Linux without it
    monkeypatch.setattr(os, "cpu_count", lambda: counted)
    assert joblib.cpu_count() == usable
