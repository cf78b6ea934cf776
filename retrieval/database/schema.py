"""The tables of collections in PostgreSQL.

Each index is a generation: a schema of its own, written whole, then made live by one update of
its row in `trichdan.generations`. So nothing is ever migrated: an index of another format is built
again. Questions read the tables of one generation alone.

A passage is named by its document's number and its place in the document. Documents are numbered
from 0 in the order of their names when the generation is built; a document that comes later gets
the next number, and no number is used twice. Every large table holds the document's number, so
that Citus can keep all of a document in one place.
"""

from __future__ import annotations

from pgvector.sqlalchemy import VECTOR
from sqlalchemy import (
    REAL,
    BigInteger,
    Column,
    Connection,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, DOUBLE_PRECISION, JSONB
from sqlalchemy.schema import CreateIndex, CreateSchema

CONTROL = "trichdan"
"""The schema of the rows that say which generation is live."""

FORMAT = 1
"""Count up when the tables of a generation change; it stands beside the format of the files."""

PLACES = 20
"""Bits of a passage's number that hold its place in the document; the others hold the document."""

_CONTROL = MetaData(schema=CONTROL)
_GENERATION = MetaData()  # `schema_translate_map={None: schema}` names the generation

GENERATIONS = Table(
    "generations",
    _CONTROL,
    Column("schema", Text, primary_key=True),
    Column("collection", Text, nullable=False),  # empty where COLLECTIONS is not used
    Column("state", Text, nullable=False),  # "building", "live" or "old"
    Column("format", SmallInteger, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("replaced_at", DateTime(timezone=True)),
    Column("revision", BigInteger, nullable=False, server_default="0"),  # of its documents
    Column("manifest", JSONB, nullable=False),  # see `retrieval.collection.manifest`
    Column("documents", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("sentences", Integer, nullable=False),
    Column("built_passages", Integer, nullable=False),  # when built: weights count with this
    Column("average_words", DOUBLE_PRECISION, nullable=False),  # of a passage, when built
    Column("changed_passages", Integer, nullable=False, server_default="0"),
    Column("next_document", BigInteger, nullable=False),
    Column("approximate", Integer, nullable=False, server_default="0"),  # 1 with HNSW indexes
)

DOCUMENTS = Table(
    "documents",
    _GENERATION,
    Column("document", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text(collation="C"), nullable=False),  # sorted as Python sorts
    Column("hash", Text, nullable=False),  # SHA-256 of the text, hexadecimal
    Column("language", Text, nullable=False),
    Column("first_day", Integer, nullable=False),  # ordinals; 0 and 0 without a date
    Column("last_day", Integer, nullable=False),  # the day after the last one
    Column("source", Text, nullable=False),
    Column("duplicates", BigInteger),  # the number of the group that says the same
    Column("sketch", ARRAY(BigInteger), nullable=False),  # by which such groups are found
    Column("file", Text, nullable=False),  # SHA-256 of the file it was parsed from
    Column("record", Text, nullable=False),  # JSON; jsonb cannot hold every character
)

PASSAGES = Table(
    "passages",
    _GENERATION,
    Column("document", BigInteger, nullable=False),
    Column("place", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("vector", VECTOR, nullable=False),
    Column("terms", ARRAY(Integer), nullable=False),  # ascending
    Column("weights", ARRAY(REAL), nullable=False),  # bm25s's, in the order of `terms`
    Column("searched", Text, nullable=False),  # its context and its own words
    Column("tokens", LargeBinary, nullable=False),  # rows as in `retrieval.index.tokens`
)

SENTENCES = Table(
    "sentences",
    _GENERATION,
    Column("document", BigInteger, nullable=False),
    Column("passage", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("vector", VECTOR, nullable=False),
)

POSTINGS = Table(
    "postings",
    _GENERATION,
    Column("document", BigInteger, nullable=False),
    Column("passage", Integer, nullable=False),
    Column("term", Integer, nullable=False),
    Column("weight", REAL, nullable=False),
)

TERMS = Table(
    "terms",
    _GENERATION,
    Column("term", Integer, primary_key=True, autoincrement=False),
    Column("word", Text, nullable=False),
    Column("frequency", Integer, nullable=False),  # passages that hold it; stays as it was
    Column("most", REAL, nullable=False),  # no passage gives it more weight; 0: none holds it
)

STATE = Table(
    "state",
    _GENERATION,
    Column("name", Text, primary_key=True),  # a small file of the index, as it is
    Column("content", LargeBinary, nullable=False),
)

_DISTRIBUTED = (DOCUMENTS, PASSAGES, SENTENCES, POSTINGS)
_COPIED_TO_ALL = (TERMS, STATE)

Index("documents_name", DOCUMENTS.c.name)
Index("documents_hash", DOCUMENTS.c.hash, postgresql_ops={"hash": "text_pattern_ops"})
Index("documents_sketch", DOCUMENTS.c.sketch, postgresql_using="gin")
Index("documents_duplicates", DOCUMENTS.c.duplicates)
Index("passages_key", PASSAGES.c.document, PASSAGES.c.place, unique=True)
Index("sentences_key", SENTENCES.c.document, SENTENCES.c.passage, SENTENCES.c.place, unique=True)
Index("postings_document", POSTINGS.c.document)
# The passages in which a word weighs most come first, and the table itself is not read.
Index(
    "postings_term",
    POSTINGS.c.term,
    POSTINGS.c.weight.desc(),
    postgresql_include=["document", "passage"],
)
Index("terms_word", TERMS.c.word, unique=True)


def create_control(connection: Connection) -> None:
    """Create the table of generations where it is missing."""
    connection.execute(CreateSchema(CONTROL, if_not_exists=True))
    _CONTROL.create_all(connection)


def create_generation(connection: Connection, schema: str, dimension: int) -> None:
    """Create the schema of a generation and its empty tables, without indexes.

    Args:
        connection: Where Citus is installed, the tables are distributed.
        schema: The name of the schema, which does not exist.
        dimension: The length of a text's vector.
    """
    connection.execute(CreateSchema(schema))
    made = _in_schema(schema)
    for table in made.sorted_tables:
        table.indexes.clear()
        if "vector" in table.c:
            table.c.vector.type = VECTOR(dimension)
    made.create_all(connection)
    # Vectors stay in their rows, where an exact search reads them one after the other. Tokens lie
    # elsewhere and uncompressed: they do not shrink.
    for table_name, column, storage in (
        ("passages", "vector", "PLAIN"),
        ("sentences", "vector", "PLAIN"),
        ("passages", "tokens", "EXTERNAL"),
    ):
        connection.execute(
            text(f"ALTER TABLE {schema}.{table_name} ALTER COLUMN {column} SET STORAGE {storage}")
        )
    if has_citus(connection):
        _distribute(connection, schema)


def create_indexes(connection: Connection, schema: str) -> None:
    """Create the indexes of a generation, whose tables are filled, but those of vectors."""
    for table in _in_schema(schema).sorted_tables:
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            connection.execute(CreateIndex(index))


def create_vector_indexes(connection: Connection, schema: str, dimension: int) -> None:
    """Create an HNSW index over the passages' vectors and one over the sentences'.

    They hold 16 bits a dimension, as the files do.
    """
    for name in ("passages", "sentences"):
        connection.execute(
            text(
                f"CREATE INDEX {name}_vector ON {schema}.{name} "
                f"USING hnsw ((vector::halfvec({dimension})) halfvec_ip_ops)"
            )
        )


def has_citus(connection: Connection) -> bool:
    """Tell whether the database spreads its tables by Citus."""
    found = connection.execute(text("SELECT 1 FROM pg_extension WHERE extname = 'citus'"))
    return found.first() is not None


def _in_schema(schema: str) -> MetaData:
    """Return the tables of a generation under the name of its schema."""
    made = MetaData(schema=schema)
    for table in _GENERATION.sorted_tables:
        table.to_metadata(made)
    return made


def _distribute(connection: Connection, schema: str) -> None:
    first = f"{schema}.{_DISTRIBUTED[0].name}"
    for table in _DISTRIBUTED:
        name = f"{schema}.{table.name}"
        together = "default" if name == first else first
        connection.execute(
            text("SELECT create_distributed_table(:name, 'document', colocate_with => :together)"),
            {"name": name, "together": together},
        )
    for table in _COPIED_TO_ALL:
        connection.execute(
            text("SELECT create_reference_table(:name)"), {"name": f"{schema}.{table.name}"}
        )
