"""A Word file's ZIP archive: its main part and the parts that this one names."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from retrieval.reading.formats.word.markup import Element
from retrieval.refusals import Cause, UnreadableError

_LARGEST = 200  # MB of XML and pictures, unpacked
_OLE = b"\xd0\xcf\x11\xe0"  # what Word wraps an encrypted file in
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {  # the same names under other addresses, ISO/IEC 29500-4
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/math": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


@dataclass(frozen=True, slots=True)
class _Relation:
    """A part that another one names: the last word of its type, and its path."""

    kind: str
    path: str


class WordPackage:
    """The parts of a Word file that hold text or say how it looks. Pictures are never unpacked."""

    def __init__(self, archive: ZipFile) -> None:
        """Store the archive and look up the main part and its relations."""
        self._archive = archive
        self._names = frozenset(archive.namelist())
        roots = self._relations("")
        self._main = next(
            (each.path for each in roots.values() if each.kind == "officeDocument"),
            "word/document.xml",
        )
        self._core = next((r.path for r in roots.values() if r.kind == "core-properties"), "")
        self._related = self._relations(self._main)

    @classmethod
    def opened(cls, data: bytes) -> WordPackage:
        """Return the package that a file's bytes hold.

        Raises:
            UnreadableError: It is encrypted, or unpacks to too much.
            Exception: It is damaged; zipfile and lxml fail in more ways than they document.
        """
        if data.startswith(_OLE) and _ENCRYPTED in data:
            raise UnreadableError(Cause.ENCRYPTED)
        archive = ZipFile(BytesIO(data))
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST * 10**6:
            raise UnreadableError(Cause.UNPACKED, limit=str(_LARGEST))
        return cls(archive)

    @property
    def document(self) -> Element:
        """The root of the main part."""
        return self._parsed(self._main)

    @property
    def title(self) -> str:
        """The title in the file's properties."""
        if self._core not in self._names:
            return ""
        return (self._parsed(self._core).findtext(_TITLE) or "").strip()

    def part(self, kind: str) -> Element | None:
        """Return the root of the part of this kind, such as "styles"; None where there is none."""
        paths = (each.path for each in self._related.values() if each.kind == kind)
        path = next((path for path in paths if path in self._names), None)
        return None if path is None else self._parsed(path)

    def part_by_id(self, identifier: str) -> Element | None:
        """Return the root of the part that the main part names so."""
        relation = self._related.get(identifier)
        if relation is None or relation.path not in self._names:
            return None
        return self._parsed(relation.path)

    def _relations(self, part: str) -> dict[str, _Relation]:
        """Return by identifier what a part names; the package itself is the part ""."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._names:
            return {}
        return {
            each.get("Id", ""): _Relation(
                kind=posixpath.basename(each.get("Type", "")),
                path=posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))[1:],
            )
            for each in self._parsed(path)
            if each.get("TargetMode") != "External"
        }

    def _parsed(self, path: str) -> Element:
        data = self._archive.read(path)
        if _STRICT in data:
            for strict, transitional in _TRANSITIONAL.items():
                data = data.replace(strict, transitional)
        # An entity may name a file of this machine, or unfold without end.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        return etree.fromstring(data, parser)
