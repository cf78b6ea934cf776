"""What an index was made from, and what it must be: enough to tell whether it still holds.

The hashes of the other files lie here, and the hash of this file's own content in it. All are
compared when the index is opened, but for the token vectors of a large collection: these have a
sum for each passage (see `retrieval.index.tokens`), compared whenever a passage is read.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from retrieval.errors import CollectionError
from retrieval.reading.folder import check_file, visible_files
from retrieval.reading.refusals import UnreadableError
from retrieval.storage import checksums_of, damaged

FORMAT = 4  # count up when an index of the same documents becomes another
_FILE = "manifest.json"
_SEAL = "sha256"


@dataclass(frozen=True, slots=True)
class Origin:
    """What decides an index's content; two equal origins give the same index.

    `files` is the fingerprint of the documents' folder, `encoder` the encoder's identity,
    `faiss_index` the index string, `format` the version of this layout and its readers, and
    `limits` what a file may take: what they refused may be read under others.
    """

    files: str
    encoder: str
    faiss_index: str
    format: int = FORMAT
    limits: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The page that lies in every index folder, written last.

    `refused` holds one line for each file that could not be read, `files` the SHA-256 of the
    file of each document that was, by name, and `checksums` those of the index's own files.
    """

    origin: Origin
    documents: int
    passages: int
    sentences: int
    refused: tuple[str, ...] = ()
    files: dict[str, str] = field(default_factory=dict)
    checksums: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """Read the manifest of an index folder.

        Raises CollectionError where it is not sound or its format is another.
        """
        try:
            fields = json.loads((folder / _FILE).read_text(encoding="utf-8"))
            origin = Origin(**fields["origin"])
            if origin.format == FORMAT and fields.pop(_SEAL) != _seal(fields):
                raise ValueError("its content is not what was written")
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise CollectionError(f"{_FILE} is damaged") from error
        if origin.format != FORMAT:
            raise CollectionError(f"its format is {origin.format}, not {FORMAT}")
        return cls(**{**fields, "origin": origin, "refused": tuple(fields["refused"])})

    def save(self, folder: Path) -> None:
        """Write the manifest into an index folder, with the checksums of all that lies there."""
        fields = asdict(replace(self, checksums=checksums_of(folder)))
        text = json.dumps({**fields, _SEAL: _seal(fields)}, ensure_ascii=False, indent=2)
        (folder / _FILE).write_text(text + "\n", encoding="utf-8")

    def check(self, folder: Path, *names: str) -> None:
        """Compare the files `names`, all unless some are named, with their checksums.

        Raises CollectionError where one is missing or not what was written.
        """
        known = {name: self.checksums[name] for name in names or self.checksums}
        if wrong := damaged(folder, known):
            raise CollectionError(f"{wrong[0]} is damaged")


def _seal(fields: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def fingerprint(seeds: Path, max_mb: int) -> str:
    """Return a SHA-256 over the names of all files below `seeds`, and the bytes of those read.

    Links that lead out of the folder, and files of more than `max_mb` megabytes, are not opened.

    Raises CollectionError where there is no such folder.
    """
    if not seeds.is_dir():
        raise CollectionError(
            f"There is no folder {seeds}; set SEEDS_DIR to your documents' folder."
        )
    whole = hashlib.sha256()
    for path in sorted(visible_files(seeds)):
        whole.update(path.relative_to(seeds).as_posix().encode("utf-8", "surrogateescape") + b"\0")
        whole.update(_file_hash(path, seeds, max_mb))
    return whole.hexdigest()


def _file_hash(path: Path, seeds: Path, max_mb: int) -> bytes:
    try:
        check_file(path, seeds)
        if path.stat().st_size > max_mb * 10**6:
            return b"large"
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except UnreadableError as error:
        return error.cause.name.encode()
    except OSError as error:  # unreadable now, refused by the readers with its reason
        return str(error.errno).encode()
