"""A live generation brought up to the documents: their own rows change, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from retrieval.collection.collection import Collection, origin_of, scan_of
from retrieval.collection.index_folder import IndexFolder
from retrieval.database.connection import Database
from retrieval.database.generation import Generation
from retrieval.database.generations import Generations
from retrieval.database.schema import DOCUMENTS, PASSAGES, POSTINGS, SENTENCES, STATE, TERMS
from retrieval.database.update import Update
from retrieval.documents import Document
from retrieval.language.diacritics import Restorer
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.settings import Limits, RetrievalSettings
from tests.helpers.word_encoder import WordEncoder

TABLES = (DOCUMENTS, PASSAGES, SENTENCES, POSTINGS)
PORTS = ("Tamsui", "Kaohsiung", "Haiphong", "Danang", "Manila", "Cebu", "Davao", "Jakarta")
CARGO = ("rice", "coal", "steel", "timber", "cement", "coffee", "rubber", "copper")


@dataclass
class Desk:
    """Documents in a folder, kept in a database."""

    settings: RetrievalSettings
    database: Database
    encoder: WordEncoder = field(default_factory=WordEncoder)

    def write(self, name: str, text: str) -> None:
        (self.settings.seeds / name).write_text(text, encoding="utf-8")

    def update(self) -> Generation:
        generations = Generations(self.database, "")
        with IndexFolder.of(self.settings).locked(), generations.locked() as writer:
            scan = scan_of(self.settings)
            origin = origin_of(scan, self.settings, self.encoder, None)
            update = Update(self.settings, self.encoder, None, scan, origin)
            written = update.run(writer, generations.live())
        assert generations.live() == written
        return written

    def rows(self, schema: str) -> dict[str, list[dict[str, object]]]:
        """Return all rows of each table, with the names of their documents."""
        with self.database.reading(schema) as connection:
            names = {one.document: one.name for one in connection.execute(select(DOCUMENTS))}
            return {
                table.name: sorted(
                    ({"of": names[row.document], **told(row._asdict())} for row in found), key=str
                )
                for table in TABLES
                for found in [connection.execute(select(table))]
            }

    def terms(self, schema: str) -> dict[str, tuple[int, float]]:
        """Return the frequency and the largest weight of each word."""
        with self.database.reading(schema) as connection:
            rows = connection.execute(select(TERMS)).all()
        assert len({row.term for row in rows}) == len(rows)
        return {row.word: (row.frequency, row.most) for row in rows}


def told(row: dict[str, object]) -> dict[str, object]:
    values = dict(row)
    if "vector" in values:
        values["vector"] = np.array(values["vector"], dtype=np.float32).tolist()
    return values


def of(rows: Mapping[str, list[dict[str, object]]], *names: str) -> dict[str, object]:
    """Return the rows of these documents."""
    return {table: [one for one in each if one["of"] in names] for table, each in rows.items()}


@pytest.fixture
def desk(settings: RetrievalSettings, database: Database) -> Desk:
    """Return a desk of sixteen documents of one passage each, and the two of `settings`."""
    desk = Desk(settings, database)
    for number, (port, cargo) in enumerate(zip(PORTS * 2, CARGO + CARGO[::-1], strict=True)):
        desk.write(f"{number:02}.txt", f"The harbour of {port} shipped {cargo} in week {number}.")
    return desk


def test_a_document_that_comes_touches_its_own_rows_alone(desk: Desk) -> None:
    first = desk.update()
    before = desk.rows(first.schema)
    desk.write("new.txt", "The harbour of Busan shipped zinc and rice in spring.")
    second = desk.update()
    after = desk.rows(second.schema)
    assert second.version == replace(first.version, revision=1)
    others = {str(one["of"]) for one in before["documents"]}
    assert of(after, *others) == before
    assert [one["document"] for one in of(after, "new.txt")["documents"]] == [18]  # type: ignore[attr-defined]
    assert (second.manifest.documents, second.manifest.passages) == (19, 19)
    assert second.manifest.sentences == first.manifest.sentences + 1
    assert second.changed_passages == 1


def test_a_document_that_goes_takes_its_own_rows_alone(desk: Desk) -> None:
    first = desk.update()
    before = desk.rows(first.schema)
    (desk.settings.seeds / "03.txt").unlink()
    second = desk.update()
    others = {str(one["of"]) for one in before["documents"]} - {"03.txt"}
    assert second.schema == first.schema
    assert desk.rows(second.schema) == of(before, *others)
    assert second.manifest.documents == 17


def test_what_comes_back_is_as_it_was_but_for_its_number(desk: Desk) -> None:
    first = desk.update()
    path = desk.settings.seeds / "03.txt"
    text, before = path.read_text(), of(desk.rows(first.schema), "03.txt")
    path.unlink()
    desk.update()
    path.write_text(text)
    after = of(desk.rows(desk.update().schema), "03.txt")
    for table in before:
        for one, other in zip(before[table], after[table], strict=True):  # type: ignore[call-overload]
            assert (one.pop("document"), other.pop("document")) == (3, 18)
            for weight in ("weight", "weights"):
                assert other.pop(weight, 0) == pytest.approx(one.pop(weight, 0), rel=1e-6)
            assert other == one


def test_words_keep_their_numbers_and_frequencies(desk: Desk) -> None:
    before = desk.terms(desk.update().schema)
    desk.write("new.txt", "The harbour of Busan shipped zinc and zinc in spring.")
    with_new = desk.terms(desk.update().schema)
    assert with_new["harbour"][0] == before["harbour"][0] == 16
    assert with_new["zinc"][0] == with_new["busan"][0] == 1
    assert with_new["zinc"][1] > with_new["busan"][1] > 0
    (desk.settings.seeds / "new.txt").unlink()
    without = desk.terms(desk.update().schema)
    assert (without["zinc"], without["busan"]) == ((1, 0), (1, 0))
    assert without["harbour"][1] >= before["harbour"][1]


def test_a_fifth_of_changes_builds_a_new_generation(desk: Desk) -> None:
    first = desk.update()
    for number in range(3):
        desk.write(f"new{number}.txt", f"Pier {number} was closed for repairs.")
        assert desk.update().version == replace(first.version, revision=number + 1)
    desk.write("new3.txt", "Pier 3 was closed for repairs.")
    last = desk.update()
    assert last.schema != first.schema
    assert (last.built_passages, last.changed_passages, last.revision) == (22, 0, 0)


def test_another_origin_builds_a_new_generation(desk: Desk) -> None:
    first = desk.update()
    desk.settings = replace(desk.settings, limits=Limits(max_file_mb=3))
    assert desk.update().schema != first.schema


def test_only_what_is_new_is_parsed_and_encoded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.update()
    parsed: list[str] = []

    def counted(sandbox: Sandbox, name: str, data: bytes) -> Document:
        parsed.append(name)
        return parse(name, data)

    monkeypatch.setattr(Sandbox, "parse", counted)
    desk.encoder = WordEncoder()
    desk.write("new.txt", "Pier 3 was closed for repairs.")
    desk.update()
    assert parsed == ["new.txt"]
    assert desk.encoder.encoded == ["Pier 3 was closed for repairs."]


def test_an_index_in_files_is_taken_over(desk: Desk) -> None:
    Collection.open(desk.settings, WordEncoder())
    written = desk.update()
    assert desk.encoder.encoded == desk.encoder.asked == []
    assert written.manifest.documents == 18


def test_the_same_report_joins_a_group_and_leaves_it(desk: Desk) -> None:
    report = "The ferry to the outer islands leaves from pier nine at dawn, and returns at dusk. "
    desk.write("07.txt", report + "Tickets are sold on board.")
    first = desk.update()
    assert groups(desk, first) == {}
    desk.write("again.txt", report + "Tickets are sold on board.\n\nBring water.")
    assert groups(desk, desk.update()) == {"07.txt": 7, "again.txt": 7}
    (desk.settings.seeds / "07.txt").unlink()
    assert groups(desk, desk.update()) == {}


def groups(desk: Desk, generation: Generation) -> dict[str, object]:
    rows = desk.rows(generation.schema)["documents"]
    return {str(one["name"]): one["duplicates"] for one in rows if one["duplicates"] is not None}


def test_the_spelling_of_new_words_is_learned(desk: Desk, tmp_path: Path) -> None:
    desk.update()
    desk.write("new.txt", "Đoàn kiểm ngư cập bến Bạch Long Vĩ sáng nay.")
    schema = desk.update().schema
    with desk.database.reading(schema) as connection:
        content = connection.execute(select(STATE.c.content).where(STATE.c.name.like("dia%")))
        (tmp_path / "diacritics.json").write_bytes(content.scalar_one())
    assert json.loads((tmp_path / "diacritics.json").read_text())
    assert Restorer.load(tmp_path).knows("vĩ")
