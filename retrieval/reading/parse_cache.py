"""What was read before: a file that has not changed since is not parsed again.

Parsing takes longer than everything else once vectors are cached: a printed page takes some
tenths of a second, and one document more must not cost those of all the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from retrieval.documents import Document

Parse = Callable[[str, bytes], Document]


@dataclass(frozen=True, slots=True)
class ParseCache:
    """Documents with the SHA-256 of the files they were read from; `parse` reads a new one."""

    parse: Parse
    known: dict[tuple[str, str], Document] = field(default_factory=dict)

    @classmethod
    def again(
        cls, parse: Parse, documents: Iterable[Document], files: Mapping[str, str]
    ) -> ParseCache:
        """Start from documents read earlier and the hashes of their files by name."""
        return cls(parse, {(one.name, files[one.name]): one for one in documents})

    def read(self, name: str, data: bytes) -> Document:
        """Return the document that a file of this name holds; raises as `parse` does."""
        key = (name, sha256(data).hexdigest())
        if key not in self.known:
            self.known[key] = self.parse(name, data)
        return self.known[key]

    def files(self, documents: Iterable[Document]) -> dict[str, str]:
        """Return the hash of the file of each of `documents`, read here, by name."""
        hashes = {id(document): file for (_, file), document in self.known.items()}
        return {document.name: hashes[id(document)] for document in documents}
