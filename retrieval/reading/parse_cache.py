"""Files that were parsed earlier: a file that has not changed since is not parsed again.

Once vectors are cached, parsing takes longer than everything else. Adding one document must not
cost the parsing of all the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from retrieval.documents import Document
from retrieval.reading.web_origin import WebOrigin

Parse = Callable[[str, bytes], Document]


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A document, with the SHA-256, in hex, of the bytes that it was parsed from.

    Where a file has a `WebOrigin`, the hash covers that too.
    """

    document: Document
    sha256: str

    def fetched_from(self, origin: WebOrigin) -> ParsedFile:
        """Return what this file gives if it was fetched from the web."""
        return ParsedFile(origin.told_in(self.document), origin.sealed(self.sha256))


Keep = Callable[[ParsedFile], None]


@dataclass(frozen=True, slots=True)
class ParseCache:
    """Parsed files by name and SHA-256.

    Attributes:
        parse: Makes a document of a name and a file's bytes, or raises UnreadableError.
        known: The files that are not parsed again.
        keep: Is given each file that was parsed now.
    """

    parse: Parse
    known: Mapping[tuple[str, str], ParsedFile] = field(default_factory=dict)
    keep: Keep | None = None

    @classmethod
    def of(cls, parse: Parse, files: Iterable[ParsedFile], keep: Keep | None = None) -> ParseCache:
        """Return a cache that knows `files`."""
        return cls(parse, {(file.document.name, file.sha256): file for file in files}, keep)

    def find(self, name: str, sha256: str) -> ParsedFile | None:
        """Return what a file of this name and these bytes gave, if it is known."""
        return self.known.get((name, sha256))

    def read(self, name: str, data: bytes, origin: WebOrigin | None = None) -> ParsedFile:
        """Return what a file of this name, bytes and origin gives; raises as `parse` does."""
        sha256 = hashlib.sha256(data).hexdigest()
        if known := self.find(name, origin.sealed(sha256) if origin else sha256):
            return known
        file = ParsedFile(self.parse(name, data), sha256)
        if origin:
            file = file.fetched_from(origin)
        if self.keep:
            self.keep(file)
        return file
