"""Documents, their folder and a database for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.database.connection import Database
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.settings import RetrievalSettings


@pytest.fixture(autouse=True)
def reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process; the tests of `Sandbox` read them in the other one."""
    monkeypatch.setattr(Sandbox, "parse", lambda self, name, data: parse(name, data))


@pytest.fixture
def settings(tmp_path: Path, collection_url: str) -> RetrievalSettings:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text("ASEAN met Russia online. They spoke of piracy.\n")
    (seeds / "b.txt").write_text("Bộ trưởng Tô Lâm dự họp. Hội nghị bàn về an ninh.\n")
    return RetrievalSettings(seeds=seeds, index=tmp_path / "index", collection_url=collection_url)


@pytest.fixture
def database(collection_url: str) -> Iterator[Database]:
    with closing(Database.of(collection_url)) as database:
        yield database
