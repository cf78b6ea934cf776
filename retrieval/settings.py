"""Where the documents and the index lie and which encoder reads them, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from dotenv import dotenv_values

from retrieval.errors import CollectionError


def environment() -> dict[str, str]:
    """Return the process's environment, filled up from `.env` in the working folder."""
    filed = {key: value for key, value in dotenv_values(".env").items() if value is not None}
    return {**filed, **os.environ}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file of the collection may be, and what reading it may take.

    `max_file_mb` bounds the file and, in million characters, its text.
    """

    max_file_mb: int = 20  # Telegram lets a bot download as much
    parse_seconds: int = 300  # a report of some hundred printed pages takes minutes
    parse_memory_mb: int = 1024

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Limits:
        """Read MAX_FILE_MB, PARSE_SECONDS and PARSE_MEMORY_MB; an empty value is the default.

        Raises CollectionError where one is no whole number above 0.
        """
        given = {field.name: env.get(field.name.upper(), "").strip() for field in fields(cls)}
        for name, value in given.items():
            if value and not (value.isdecimal() and int(value)):
                raise CollectionError(
                    f"{name.upper()} must be a whole number above 0, not {value!r}"
                )
        return cls(**{name: int(value) for name, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """`encoder` is a sentence-transformers name or folder, empty for the bundled one.

    `faiss_index` is an index string of FAISS's `index_factory`, empty to choose by size.
    """

    seeds: Path = Path("seeds")
    index: Path = Path("data/index")
    encoder: str = ""
    faiss_index: str = ""
    limits: Limits = Limits()

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> RetrievalSettings:
        """Read SEEDS_DIR, INDEX_DIR, ENCODER, FAISS_INDEX and the limits; empty is the default."""
        return cls(
            seeds=Path(env.get("SEEDS_DIR") or "seeds"),
            index=Path(env.get("INDEX_DIR") or "data/index"),
            encoder=env.get("ENCODER", ""),
            faiss_index=env.get("FAISS_INDEX", ""),
            limits=Limits.from_env(env),
        )
