"""One worker for all tests of a module, and a folder to read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.reading.sandbox import Sandbox
from retrieval.settings import Limits


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One worker for all tests."""
    with closing(Sandbox(Limits())) as sandbox:
        yield sandbox


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good document."""
    (tmp_path / "good.txt").write_text("The ministers met.", "utf-8")
    return tmp_path
