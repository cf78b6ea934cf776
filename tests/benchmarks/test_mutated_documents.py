"""The short form of `benchmarks.mutated_documents`: nothing gets past the sandbox."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import pytest

from benchmarks.mutated_documents import Outcome, outcomes
from benchmarks.small_documents import documents
from retrieval.reading.sandbox import Sandbox
from retrieval.refusals import Cause, UnreadableError
from retrieval.settings import Limits


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with closing(Sandbox(Limits(parse_seconds=10))) as sandbox:
        yield sandbox


@pytest.mark.parametrize("name", documents())
def test_the_documents_are_valid(sandbox: Sandbox, name: str) -> None:
    assert any(word in sandbox.parse(name, documents()[name]).text for word in ("Quang", "Tô Lâm"))


@pytest.mark.parametrize("name", documents())
def test_a_hundred_mutations_of_each_format(sandbox: Sandbox, name: str) -> None:
    found = Counter(outcomes(name, documents()[name], 100, sandbox, seed=1))
    assert found[Outcome.READ] > 10
    assert found[Outcome.READ] + found[Outcome.REFUSED] == 100


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (UnreadableError(Cause.CRASH), Outcome.BROKEN),
        (UnreadableError(Cause.SLOW, limit="1"), Outcome.STOPPED),
        (UnreadableError(Cause.EMPTY), Outcome.REFUSED),
        (ValueError("no reply"), Outcome.CRASHED),
    ],
)
def test_what_counts_as_what(
    monkeypatch: pytest.MonkeyPatch, error: Exception, outcome: Outcome
) -> None:
    def fail(sandbox: Sandbox, name: str, data: bytes) -> None:
        raise error

    monkeypatch.setattr(Sandbox, "parse", fail)
    assert list(outcomes("a.txt", b"text", 1, Sandbox(Limits()), seed=1)) == [outcome]
