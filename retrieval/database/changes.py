"""Documents that come and go within a generation.

The rows of these documents change, in one transaction that raises the generation's revision. What
was measured when the generation was built stays: the languages' means, the levels, how many
passages there are and how many hold a word. So no other passage scores otherwise. Once a fifth of
the passages has changed, the next change builds a new generation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from sqlalchemy import BigInteger, ColumnElement, Connection, Table, cast, delete, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from retrieval.collection.builder import IndexBuilder
from retrieval.collection.manifest import Manifest
from retrieval.database.additions import Additions
from retrieval.database.connection import driver_of
from retrieval.database.generation import Generation
from retrieval.database.groups import join_group, leave_groups
from retrieval.database.schema import DOCUMENTS, PASSAGES, POSTINGS, SENTENCES
from retrieval.database.tables import TableWriter
from retrieval.database.vocabulary import forget_unheld, raise_most
from retrieval.database.writer import Writer
from retrieval.passages import passages_of
from retrieval.reading.parse_cache import ParsedFile

_REBUILT_AFTER = 0.2  # of the passages


@dataclass(frozen=True)
class Change:
    """Documents to remove, by their numbers, and documents to add, each with a passage."""

    removed: Sequence[int]
    added: Sequence[ParsedFile]

    @classmethod
    def between(cls, known: Mapping[tuple[str, str], int], files: Sequence[ParsedFile]) -> Change:
        """Return what makes one state of the documents of another.

        Args:
            known: The numbers of the documents that are there, by name and their file's SHA-256.
            files: The documents that are to be there.
        """
        wanted = {(file.document.name, file.sha256): file for file in files}
        return cls(
            [number for key, number in known.items() if key not in wanted],
            [
                file
                for key, file in wanted.items()
                if key not in known and passages_of(file.document)
            ],
        )


def known_documents(connection: Connection) -> dict[tuple[str, str], int]:
    """Return the numbers of a generation's documents, by name and SHA-256 of the file."""
    rows = connection.execute(select(DOCUMENTS.c.name, DOCUMENTS.c.file, DOCUMENTS.c.document))
    return {(row.name, row.file): row.document for row in rows}


def is_worth_a_build(connection: Connection, generation: Generation, change: Change) -> bool:
    """Tell whether so much changes that everything is to be measured again."""
    removed = select(func.count()).select_from(PASSAGES).where(_of(PASSAGES, change.removed))
    added = sum(len(passages_of(file.document)) for file in change.added)
    changed = generation.changed_passages + connection.execute(removed).scalar_one() + added
    return bool(changed > _REBUILT_AFTER * generation.built_passages)


def apply(
    writer: Writer,
    generation: Generation,
    change: Change,
    manifest: Manifest,
    builder: IndexBuilder,
    folder: Path,
) -> Generation:
    """Change the documents of the live generation.

    Args:
        writer: Holds the collection's lock.
        generation: The live one.
        change: What is removed and added.
        manifest: What the documents are made from then; its counts are not looked at.
        builder: Encodes what is new.
        folder: An empty one for files on the way.

    Returns:
        The generation as it is then.

    Raises:
        SQLAlchemyError, psycopg.Error: The server fails; nothing has changed.
    """
    new = None
    if change.added:
        new = Additions.of(writer, generation, change.added, builder, folder)
    with writer.within(generation.schema) as connection:
        gone = _remove(connection, change.removed)
        if new:
            new.write(TableWriter(driver_of(connection), generation.schema))
            raise_most(connection, new.most)
            for number, file in zip(new.numbers, new.files, strict=True):
                join_group(connection, number, file.document)
        forget_unheld(connection, gone.terms)
        changed = _counted(generation, change, manifest, gone, new)
        writer.update(changed)
    return changed


@dataclass(frozen=True)
class _Gone:
    """How many passages and sentences were removed, and the terms that they held."""

    passages: int
    sentences: int
    terms: frozenset[int]


def _remove(connection: Connection, documents: Sequence[int]) -> _Gone:
    if not documents:
        return _Gone(0, 0, frozenset())
    held = connection.execute(select(PASSAGES.c.terms).where(_of(PASSAGES, documents))).scalars()
    terms = frozenset(chain.from_iterable(held))
    groups = connection.execute(select(DOCUMENTS.c.duplicates).where(_of(DOCUMENTS, documents)))
    left = {group for group in groups.scalars() if group is not None}
    counts = {
        table.name: connection.execute(delete(table).where(_of(table, documents))).rowcount
        for table in (POSTINGS, SENTENCES, PASSAGES, DOCUMENTS)
    }
    leave_groups(connection, left)
    return _Gone(counts[PASSAGES.name], counts[SENTENCES.name], terms)


def _counted(
    generation: Generation, change: Change, manifest: Manifest, gone: _Gone, new: Additions | None
) -> Generation:
    before = generation.manifest
    passages, sentences = (len(new.corpus.passages), new.sentences) if new else (0, 0)
    return replace(
        generation,
        revision=generation.revision + 1,
        manifest=replace(
            manifest,
            documents=before.documents - len(change.removed) + len(change.added),
            passages=before.passages - gone.passages + passages,
            sentences=before.sentences - gone.sentences + sentences,
        ),
        changed_passages=generation.changed_passages + gone.passages + passages,
        next_document=generation.next_document + len(change.added),
    )


def _of(table: Table, documents: Sequence[int]) -> ColumnElement[bool]:
    return table.c.document == func.any(cast(list(documents), ARRAY(BigInteger)))
