"""Where on the web a file was fetched from: kept in a hidden file beside it.

The address of `from-chat/report.pdf` lies in `from-chat/.report.pdf.origin`, so that the file
itself stays as it was fetched. No hidden file is read as a document.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from retrieval.documents import Document
from retrieval.storage import write_file

ORIGIN = ".origin"  # ends the names of the hidden files


@dataclass(frozen=True, slots=True)
class WebOrigin:
    """The address that a file was fetched from, and what was said of it there.

    `title`, `date` (ISO 8601) and `source` count only where the file does not tell them itself. The
    address counts always: a page may declare any.
    """

    url: str
    title: str = ""
    date: str = ""
    source: str = ""

    @classmethod
    def of(cls, path: Path) -> WebOrigin | None:
        """Return the origin that is kept beside a file, None without a valid one."""
        kept = _beside(path)
        if not os.path.isfile(kept):  # unlike `Path.is_file`, it takes a name that is too long
            return None
        try:
            return cls(**json.loads(kept.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def keep(self, path: Path) -> None:
        """Keep the origin beside the file; raises OSError."""
        write_file(_beside(path), json.dumps(asdict(self), ensure_ascii=False).encode())

    def told_in(self, document: Document) -> Document:
        """Return a document of this origin with what is known of it."""
        return replace(
            document,
            url=self.url,
            title=document.title or self.title,
            date=document.date or self.date,
            source=document.source or self.source,
        )

    def sealed(self, sha256: str) -> str:
        """Return one SHA-256, in hex, for the origin and the file whose bytes have this one."""
        return hashlib.sha256(f"{sha256} {json.dumps(asdict(self))}".encode()).hexdigest()


def remove_origin(path: Path) -> None:
    """Remove what is kept beside a file, if anything is; raises OSError."""
    kept = _beside(path)
    if os.path.lexists(kept):  # `unlink` raises where the file's own name is as long as may be
        kept.unlink()


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}{ORIGIN}")
