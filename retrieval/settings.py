"""Where the documents and the index lie and which encoder reads them, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values


def environment() -> dict[str, str]:
    """Return the process's environment, filled up from `.env` in the working folder."""
    filed = {key: value for key, value in dotenv_values(".env").items() if value is not None}
    return {**filed, **os.environ}


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """`encoder` is a sentence-transformers name or folder, empty for the bundled one.

    `faiss_index` is an index string of FAISS's `index_factory`, empty to choose by size.
    """

    seeds: Path = Path("seeds")
    index: Path = Path("data/index")
    encoder: str = ""
    faiss_index: str = ""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> RetrievalSettings:
        """Read SEEDS_DIR, INDEX_DIR, ENCODER and FAISS_INDEX; an empty value is the default."""
        return cls(
            seeds=Path(env.get("SEEDS_DIR") or "seeds"),
            index=Path(env.get("INDEX_DIR") or "data/index"),
            encoder=env.get("ENCODER", ""),
            faiss_index=env.get("FAISS_INDEX", ""),
        )
