"""The processors that a process may use, where others are kept from it and where none can be."""

import os

import pytest

from retrieval.encoding.processors import usable_processors


def test_only_those_are_counted_that_the_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 5, 7}, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    assert usable_processors() == 3


@pytest.mark.parametrize(("counted", "usable"), [(8, 8), (None, 1)])
def test_all_are_counted_where_the_system_keeps_none_away(
    counted: int | None, usable: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: counted)
    assert usable_processors() == usable
