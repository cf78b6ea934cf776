"""The settings of retrieval, read from the environment: folders, models and limits."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from dotenv import dotenv_values

from retrieval.errors import SettingsError
from retrieval.secret_files import with_secret_files

FROM_CHAT = "from-chat"
"""The name of the folders for documents from the chat."""

FROM_FEEDS = "from-feeds"
"""The name of the folder, directly below the documents' folder, for articles of feeds."""

WHOLE = ""
"""The name of the one collection where the documents are not divided."""

EF_SEARCH = 200
"""How many neighbours HNSW keeps in view, where nothing else is set."""

_EF_SEARCH = range(50, 1001)  # fewer cannot give 50 candidates; pgvector takes no more
_NUMBERS = ("max_file_mb", "parse_seconds", "parse_memory_mb")
_ON, _OFF = "on", "off"


def environment() -> dict[str, str]:
    """Return the process's environment, and what it lacks from `.env` in the working folder."""
    in_file = {key: value for key, value in dotenv_values(".env").items() if value is not None}
    return {**in_file, **os.environ}


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file of the collection may be, and what parsing it may take and use.

    Attributes:
        max_file_mb: The largest file in million bytes, and its longest text in million characters.
        parse_seconds: How long one file may take.
        parse_memory_mb: How much memory one file may take, in MiB.
        ocr: Whether text in pictures is recognised, where the program for it is installed.
    """

    max_file_mb: int = 20  # as much as Telegram lets a bot download
    parse_seconds: int = 300  # a sound file takes a fraction of it
    parse_memory_mb: int = 1024
    ocr: bool = True

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Limits:
        """Read MAX_FILE_MB, PARSE_SECONDS, PARSE_MEMORY_MB and OCR; an empty value is the default.

        Raises SettingsError where one of the first three is no whole number above 0, or OCR is
        neither `on` nor `off`.
        """
        given = {name: env.get(name.upper(), "").strip() for name in _NUMBERS}
        for name, value in given.items():
            if value and not (value.isdecimal() and int(value)):
                raise SettingsError(f"{name.upper()} must be a whole number above 0, not {value!r}")
        ocr = env.get("OCR", "").strip() or _ON
        if ocr not in (_ON, _OFF):
            raise SettingsError(f"OCR must be {_ON} or {_OFF}, not {ocr!r}")
        return cls(**{name: int(value) for name, value in given.items() if value}, ocr=ocr == _ON)


@dataclass(frozen=True, slots=True)
class Division:
    """Some folders directly below the documents' folder, as a collection of their own.

    Attributes:
        name: The collection's name in settings, data and folders: letters, digits, "-" and "_".
        title: What people call it.
        folders: The names of the folders, at least one, in NFC. The first one takes the documents
            from the chat.
    """

    name: str
    title: str
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """Where the documents and the index lie, and how they are read and indexed.

    Attributes:
        seeds: The documents' folder.
        index: The index's folder.
        encoder: A sentence-transformers name or folder, empty for the bundled model.
        reranker: A name or folder of a sentence-transformers cross-encoder, empty for none.
        faiss_index: An index string of FAISS's `index_factory`, empty to choose by size.
        collections: The file that divides the documents into collections, None where they are one.
        limits: How large a file may be and what parsing it may take.
        division: The part of the documents that these settings are about, None for all of them.
        collection_url: The PostgreSQL database that keeps the index, empty for the index's folder.
            The `repr` leaves it out, for it may hold a password.
        ef_search: How many neighbours HNSW keeps in view there: more find the nearest vectors more
            surely, and take longer.
    """

    seeds: Path = Path("seeds")
    index: Path = Path("data/index")
    encoder: str = ""
    reranker: str = ""
    faiss_index: str = ""
    collections: Path | None = None
    limits: Limits = Limits()
    division: Division | None = None
    collection_url: str = field(default="", repr=False)
    ef_search: int = EF_SEARCH

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> RetrievalSettings:
        """Read SEEDS_DIR, INDEX_DIR, ENCODER, RERANKER, FAISS_INDEX, COLLECTIONS and the limits.

        COLLECTION_URL is read too, or the file that COLLECTION_URL_FILE names, and HNSW_EF_SEARCH.
        An empty value is the default. Raises SettingsError where a value is wrong.
        """
        env = with_secret_files(env, "COLLECTION_URL")
        default, collections = cls(), env.get("COLLECTIONS", "").strip()
        return cls(
            seeds=Path(env.get("SEEDS_DIR") or default.seeds),
            index=Path(env.get("INDEX_DIR") or default.index),
            collections=Path(collections) if collections else None,
            encoder=env.get("ENCODER", ""),
            reranker=env.get("RERANKER", ""),
            faiss_index=env.get("FAISS_INDEX", ""),
            limits=Limits.from_env(env),
            collection_url=checked_collection_url(env.get("COLLECTION_URL", "").strip()),
            ef_search=_checked_ef_search(env.get("HNSW_EF_SEARCH", "").strip()),
        )

    def of(self, division: Division | None) -> RetrievalSettings:
        """Return the same settings for one part of the documents."""
        return replace(self, division=division)

    @property
    def own_index(self) -> Path:
        """The folder of this collection's index, within that of all indexes."""
        return self.index / "collections" / self.division.name if self.division else self.index

    @property
    def uploads(self) -> str:
        """The folder below `seeds` for documents from the chat, as documents' names give it."""
        return f"{self.division.folders[0]}/{FROM_CHAT}" if self.division else FROM_CHAT


def checked_collection_url(value: str) -> str:
    """Return the URL of a PostgreSQL database, or nothing, as it is.

    Raises SettingsError for another one, which it does not repeat: it may hold a password.
    """
    if value and not value.startswith("postgresql://"):
        raise SettingsError("COLLECTION_URL must be a URL such as postgresql://user@host/database")
    return value


def _checked_ef_search(value: str) -> int:
    if not value:
        return EF_SEARCH
    if value.isdecimal() and int(value) in _EF_SEARCH:
        return int(value)
    least, most = _EF_SEARCH[0], _EF_SEARCH[-1]
    raise SettingsError(
        f"HNSW_EF_SEARCH must be a whole number from {least} to {most}, not {value!r}"
    )
