"""A new generation: made from an index in files, counted, analysed, then made live."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from pathlib import Path

from sqlalchemy import Connection, func, select, table, text

from retrieval.collection.manifest import Manifest
from retrieval.database.connection import driver_of
from retrieval.database.copying import Copied, IndexCopy
from retrieval.database.generation import Generation, new_schema
from retrieval.database.schema import create_indexes, create_vector_indexes
from retrieval.database.weights import average_words
from retrieval.database.writer import Writer
from retrieval.errors import CollectionError
from retrieval.index.language_bias import Biases

EXACT_UP_TO = 5_000
"""So many passages are searched exactly; of more, HNSW finds the nearest."""


def build(
    writer: Writer, folder: Path, manifest: Manifest, exact_up_to: int = EXACT_UP_TO
) -> Generation:
    """Copy an index into a new generation and make that the live one.

    Args:
        writer: Holds the collection's lock.
        folder: The index's folder.
        manifest: What the index was made from.
        exact_up_to: So many passages get no HNSW indexes.

    Raises:
        CollectionError: The tables do not hold as much as the files.
        SQLAlchemyError, psycopg.Error: The server fails; the live generation stays.
    """
    schema = new_schema()
    copy = IndexCopy(driver_of(writer.connection), schema, folder, manifest.parsed_from)
    dimension = Biases.load(folder).dimension
    generation = Generation(
        schema=schema,
        revision=0,
        manifest=replace(manifest, parsed_from={}, checksums={}),
        built_passages=manifest.passages,
        average_words=average_words(copy.corpus.passages, copy.postings),
        changed_passages=0,
        next_document=manifest.documents,
        approximate=manifest.passages > exact_up_to,
    )
    writer.begin(generation, dimension)
    try:
        with writer.transaction() as connection:
            copied = copy.run()
            create_indexes(connection, schema)
            if generation.approximate:
                create_vector_indexes(connection, schema, dimension)
            _check(connection, schema, copied)
            _analyse(connection, schema)
        writer.make_live(schema)
    except BaseException:
        if not writer.connection.invalidated:
            writer.drop(schema)
        raise
    return generation


def _check(connection: Connection, schema: str, copied: Copied) -> None:
    """Compare the number of rows in each table with what was copied."""
    for name, expected in asdict(copied).items():
        rows = select(func.count()).select_from(table(name, schema=schema))
        found = connection.execute(rows).scalar()
        if found != expected:
            raise CollectionError(
                f"COLLECTION_URL: {found} of {expected} {name} were written; try again."
            )


def _analyse(connection: Connection, schema: str) -> None:
    for name in (field.name for field in fields(Copied)):
        connection.execute(text(f"ANALYZE {schema}.{name}"))
