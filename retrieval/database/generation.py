"""An index in the database, as its row tells."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Row

from retrieval.collection.manifest import Manifest, Origin
from retrieval.database.schema import CONTROL, FORMAT

BUILDING, LIVE, OLD = "building", "live", "old"

_COUNTED = ("documents", "passages", "sentences")


@dataclass(frozen=True)
class Version:
    """What a question is put to: a generation, and how often its documents have changed."""

    schema: str
    revision: int


@dataclass(frozen=True)
class Generation:
    """An index in the database, as its row tells.

    Attributes:
        schema: The schema of its tables.
        revision: How often its documents have changed since it was built.
        manifest: What it was made from. The files of its documents are told by their rows.
        built_passages: How many passages it had when it was built; weights count with this number.
        average_words: How many words these had on average.
        changed_passages: How many were added or removed since.
        next_document: The number of the next document that is added.
        approximate: Whether vectors are searched by HNSW indexes.
    """

    schema: str
    revision: int
    manifest: Manifest
    built_passages: int
    average_words: float
    changed_passages: int
    next_document: int
    approximate: bool

    @classmethod
    def of(cls, row: Row[Any]) -> Generation:
        """Return the generation of a row of `GENERATIONS`."""
        values = row._mapping
        told = values["manifest"]
        manifest = Manifest(
            Origin(**told["origin"]),
            documents=values["documents"],
            passages=values["passages"],
            sentences=values["sentences"],
            refused=tuple(told["refused"]),
            partly_read=tuple(told["partly_read"]),
        )
        own = ("schema", "revision", "built_passages", "average_words", "changed_passages")
        return cls(
            manifest=manifest,
            next_document=values["next_document"],
            approximate=bool(values["approximate"]),
            **{name: values[name] for name in own},
        )

    @property
    def version(self) -> Version:
        """The generation and its revision."""
        return Version(self.schema, self.revision)

    def to_row(self) -> dict[str, Any]:
        """Return the values of the generation's row, but those of its collection and state."""
        manifest = asdict(replace(self.manifest, parsed_from={}, checksums={}))
        return {
            "schema": self.schema,
            "format": FORMAT,
            "revision": self.revision,
            "manifest": {name: manifest[name] for name in ("origin", "refused", "partly_read")},
            "built_passages": self.built_passages,
            "average_words": self.average_words,
            "changed_passages": self.changed_passages,
            "next_document": self.next_document,
            "approximate": int(self.approximate),
            **{name: manifest[name] for name in _COUNTED},
        }


def new_schema() -> str:
    """Return the name of a schema that no generation has had."""
    return f"{CONTROL}_{uuid.uuid4().hex}"
