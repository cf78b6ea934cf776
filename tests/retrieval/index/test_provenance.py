"""Dates and sources of documents, through their files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from retrieval.documents import Document
from retrieval.index.provenance import Provenance, ProvenanceWriter
from retrieval.periods import Period
from retrieval.scopes import Scope

DATES = ("2024-08-15", "2024", "", "2023-12", "năm ngoái")
SOURCES = ("TTXVN", "Báo Sen, theo TTXVN", "", "Báo Sen", "TTXVN")


@pytest.fixture
def provenance(tmp_path: Path) -> Provenance:
    writer = ProvenanceWriter()
    for published, source in zip(DATES, SOURCES, strict=True):
        writer.append(Document("a.txt", "Một.", date=published, source=source))
    writer.save(tmp_path)
    return Provenance.load(tmp_path)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(),
        Scope(Period.of(2024, 8)),
        Scope(Period(None, date(2024, 1, 1))),
        Scope(Period(date(2025, 1, 1), None)),
        Scope(source="ttxvn"),
        Scope(Period.of(2023), "báo sen"),
    ],
)
def test_it_admits_what_the_scope_does(provenance: Provenance, scope: Scope) -> None:
    admitted = [scope.admits(*pair) for pair in zip(DATES, SOURCES, strict=True)]
    assert provenance.admitted(scope).tolist() == admitted


def test_a_document_is_dated_on_the_first_day_that_its_date_covers(provenance: Provenance) -> None:
    days = [date(2024, 8, 15), date(2024, 1, 1), None, date(2023, 12, 1), None]
    ordinals = [day.toordinal() if day else 0 for day in days]
    assert [provenance.first_day(number) for number in range(len(DATES))] == ordinals
