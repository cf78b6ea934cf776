"""A Word or PowerPoint file's archive: its main part and the parts that others name.

The packaging is that of ECMA-376, part 2.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from retrieval.reading.formats.archive import Archive, Element, parsed_xml
from retrieval.refusals import Cause, UnreadableError

_OLE = b"\xd0\xcf\x11\xe0"  # what Office wraps an encrypted file in
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/"
_OFFICE = b"http://schemas.openxmlformats.org/"
_TRANSITIONAL = {  # the same names under other addresses, ISO/IEC 29500-4
    _STRICT + b"wordprocessingml/main": _OFFICE + b"wordprocessingml/2006/main",
    _STRICT + b"presentationml/main": _OFFICE + b"presentationml/2006/main",
    _STRICT + b"drawingml/main": _OFFICE + b"drawingml/2006/main",
    _STRICT + b"officeDocument/math": _OFFICE + b"officeDocument/2006/math",
    _STRICT + b"officeDocument/relationships": _OFFICE + b"officeDocument/2006/relationships",
}
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that another one names: the last word of its type, and its path."""

    kind: str
    path: str


def refuse_encrypted(data: bytes) -> None:
    """Raise UnreadableError where Office has encrypted the file."""
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise UnreadableError(Cause.ENCRYPTED)


class OfficePackage:
    """The parts of an Office file that hold text or say how it looks. Pictures stay packed."""

    def __init__(self, archive: Archive) -> None:
        """Store the archive and look up the main part and its relations."""
        self._archive = archive
        roots = self.relations("")
        self.main = next(
            (each.path for each in roots.values() if each.kind == "officeDocument"),
            "word/document.xml",
        )
        self._core = next((r.path for r in roots.values() if r.kind == "core-properties"), "")
        self._related = self.relations(self.main)

    @classmethod
    def opened(cls, data: bytes) -> OfficePackage:
        """Return the package that a file's bytes hold.

        Raises:
            UnreadableError: It is encrypted, or unpacks to too much.
            Exception: It is damaged; zipfile and lxml fail in more ways than they document.
        """
        refuse_encrypted(data)
        return cls(Archive.opened(data))

    @property
    def document(self) -> Element:
        """The root of the main part."""
        return self.parsed(self.main)

    @property
    def title(self) -> str:
        """The title in the file's properties."""
        if self._core not in self._archive.names:
            return ""
        return (self.parsed(self._core).findtext(_TITLE) or "").strip()

    def part(self, kind: str) -> Element | None:
        """Return the root of the part of this kind, such as "styles"; None where there is none."""
        return self.first(self._related, kind)

    def part_by_id(self, identifier: str) -> Element | None:
        """Return the root of the part that the main part names so."""
        path = self.path_by_id(identifier)
        return None if path is None else self.parsed(path)

    def path_by_id(self, identifier: str) -> str | None:
        """Return the path of the part that the main part names so; None where it is missing."""
        relation = self._related.get(identifier)
        known = relation is not None and relation.path in self._archive.names
        return relation.path if relation is not None and known else None

    def first(self, relations: Mapping[str, Relation], kind: str) -> Element | None:
        """Return the root of the first part of this kind among `relations`."""
        paths = (each.path for each in relations.values() if each.kind == kind)
        path = next((path for path in paths if path in self._archive.names), None)
        return None if path is None else self.parsed(path)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return by identifier what a part names; the package itself is the part ""."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._archive.names:
            return {}
        return {
            each.get("Id", ""): Relation(
                kind=posixpath.basename(each.get("Type", "")),
                path=posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))[1:],
            )
            for each in self.parsed(path)
            if each.get("TargetMode") != "External"
        }

    def parsed(self, path: str) -> Element:
        """Return the root of a part, its names those of the transitional form of the format."""
        data = self._archive.content(path)
        if _STRICT in data:
            for strict, transitional in _TRANSITIONAL.items():
                data = data.replace(strict, transitional)
        return parsed_xml(data)
