"""`from retrieval import ...`: what other programs use."""

from __future__ import annotations

import subprocess
import sys

import pytest

import retrieval
from tests.helpers.paths import ROOT


def test_everything_named_is_there() -> None:
    from retrieval.retriever import Retriever

    assert retrieval.Retriever is Retriever
    assert all(getattr(retrieval, name) for name in retrieval.__all__)


def test_nothing_else_is_there() -> None:
    with pytest.raises(AttributeError, match="module 'retrieval' has no attribute 'Nothing'"):
        _ = retrieval.Nothing  # type: ignore[attr-defined]


def test_the_name_alone_imports_nothing_heavy() -> None:
    program = "import sys, retrieval; print([n for n in ('numpy', 'faiss') if n in sys.modules])"
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"
