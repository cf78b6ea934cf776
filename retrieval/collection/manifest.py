"""What an index was made from, and the checksums of its files: enough to tell whether it holds.

The manifest seals itself with the SHA-256 of its own content. All checksums are compared when the
index is opened, with one exception: the token vectors of a large collection have a checksum for
each passage (see `retrieval.index.tokens`), compared whenever a passage is read.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from retrieval.errors import CollectionError
from retrieval.storage import checksums_of, damaged

FORMAT = 12  # count up when an index of the same documents becomes another
_FILE = "manifest.json"
_SEAL = "sha256"


@dataclass(frozen=True, slots=True)
class Origin:
    """What decides an index's content; two equal origins give the same index.

    Attributes:
        fingerprint: The fingerprint of the documents' folder.
        encoder: The encoder's identity.
        faiss_index: The index string, empty where FAISS's index is chosen by size.
        format: The version of the index's layout and of the modules that read files.
        limits: What reading a file may take, and what LibreOffice converts here; a file refused
            under them may be read under others.
        reranker: The reranker's identity, empty where there is none. The levels depend on it.
        recognition: The identity of the program that reads pictures, empty where none does.
    """

    fingerprint: str
    encoder: str
    faiss_index: str
    format: int = FORMAT
    limits: str = ""
    reranker: str = ""
    recognition: str = ""

    @property
    def reading(self) -> str:
        """What decides how a file is read, its pictures too."""
        return f"{self.format} {self.limits} {self.recognition}"

    def reads_as(self, other: Origin) -> bool:
        """Tell whether a file is read in the same way for both, its pictures too."""
        return self.reading == other.reading


@dataclass(frozen=True, slots=True)
class Manifest:
    """The file that lies in every index's folder, written last.

    Attributes:
        origin: What the index was made from.
        documents: How many documents have a passage.
        passages: How many passages these have.
        sentences: How many sentences the passages have.
        refused: One line for each file that could not be read.
        partly_read: One line for each file that was not read whole: its name and all that it lacks.
        parsed_from: The SHA-256 of the file of each document, by the document's name.
        checksums: The SHA-256 of each file of the index, by its path below the folder.
    """

    origin: Origin
    documents: int
    passages: int
    sentences: int
    refused: tuple[str, ...] = ()
    partly_read: tuple[str, ...] = ()
    parsed_from: dict[str, str] = field(default_factory=dict)
    checksums: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """Read the manifest of an index's folder.

        Raises CollectionError where it is missing, damaged or of another format.
        """
        try:
            fields = json.loads((folder / _FILE).read_text(encoding="utf-8"))
            version = fields["origin"]["format"]
            if version == FORMAT:
                return cls._unsealed(fields)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise CollectionError(f"{_FILE} is damaged") from error
        raise CollectionError(f"its format is {version}, not {FORMAT}")

    def save(self, folder: Path) -> None:
        """Write the manifest into an index's folder, with the checksums of all that lies there."""
        fields = asdict(replace(self, checksums=checksums_of(folder)))
        text = json.dumps({**fields, _SEAL: _seal(fields)}, ensure_ascii=False, indent=2)
        (folder / _FILE).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def _unsealed(cls, fields: dict[str, Any]) -> Manifest:
        if fields.pop(_SEAL) != _seal(fields):
            raise ValueError("its content is not what was written")
        lines = {name: tuple(fields[name]) for name in ("refused", "partly_read")}
        return cls(**{**fields, **lines, "origin": Origin(**fields["origin"])})

    def check(self, folder: Path, *names: str) -> None:
        """Compare the index's files `names`, or all of them, with their checksums.

        Raises CollectionError where one is missing or not what was written.
        """
        known = {name: self.checksums[name] for name in names or self.checksums}
        if wrong := damaged(folder, known):
            raise CollectionError(f"{wrong[0]} is damaged")


def _seal(fields: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
