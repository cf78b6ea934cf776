"""An index in PostgreSQL while its builds are killed: see `benchmarks.endurance_index`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import func, select, text

from retrieval.database.connection import Database
from retrieval.database.generations import Generations
from retrieval.database.schema import DOCUMENTS, GENERATIONS, PASSAGES, POSTINGS, SENTENCES
from retrieval.settings import RetrievalSettings

_SCHEMAS = "SELECT count(*) FROM pg_namespace WHERE nspname ~ '^trichdan_'"


@dataclass(frozen=True)
class DatabasePlace:
    """A collection in a database that holds no other one."""

    settings: RetrievalSettings
    url: str

    @property
    def options(self) -> Sequence[str]:
        """Name the database."""
        return ("--to", self.url)

    @property
    def reader(self) -> RetrievalSettings:
        """The settings of a machine without documents."""
        nowhere = self.settings.index.parent / "none"
        return replace(self.settings, seeds=nowhere, collection_url=self.url)

    def is_sound(self) -> bool:
        """Compare the number of rows with what the generation's row says."""
        live = Generations(self._database, "").live()
        if live is None:
            return False
        with self._database.reading(live.schema) as connection:
            documents, passages, sentences = (
                connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (DOCUMENTS, PASSAGES, SENTENCES)
            )
            with_words = select(func.count(func.distinct(POSTINGS.c.document)))
            worded = connection.execute(with_words).scalar_one()
        manifest = live.manifest
        told = (manifest.documents, manifest.passages, manifest.sentences)
        files = len(list(self.settings.seeds.iterdir()))
        return told == (documents, passages, sentences) and documents == worded == files

    def left(self) -> int:
        """Count the generations that are neither live nor old, and schemas without a row."""
        states = select(GENERATIONS.c.state)
        with self._database.transaction() as connection:
            known = connection.execute(states).scalars().all()
            schemas = connection.execute(text(_SCHEMAS)).scalar_one()
        return int(known.count("building") + schemas - len(known))

    @cached_property
    def _database(self) -> Database:
        return Database.of(self.url)
