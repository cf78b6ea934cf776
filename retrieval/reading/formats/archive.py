"""A ZIP archive of XML parts, which Office, OpenDocument and EPUB files are, read under limits."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

from retrieval.refusals import Cause, UnreadableError

_LARGEST = 200  # MB of XML and pictures, unpacked

Element = Any
"""An element of lxml's tree; lxml ships no types."""


class Archive:
    """The parts of an archive by their paths. A part is unpacked when it is asked for."""

    def __init__(self, archive: ZipFile) -> None:
        """Store the archive and the paths of its parts."""
        self._archive = archive
        self.names = frozenset(archive.namelist())

    @classmethod
    def opened(cls, data: bytes) -> Archive:
        """Return the archive that a file's bytes hold.

        Raises:
            UnreadableError: It unpacks to too much.
            Exception: It is damaged; zipfile fails in more ways than it documents.
        """
        archive = ZipFile(BytesIO(data))
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST * 10**6:
            raise UnreadableError(Cause.UNPACKED, limit=str(_LARGEST))
        return cls(archive)

    def content(self, path: str) -> bytes:
        """Return the bytes of a part; raises KeyError where there is none."""
        return self._archive.read(path)

    def parsed(self, path: str) -> Element:
        """Return the root of a part in XML; raises as `content` and `parsed_xml` do."""
        return parsed_xml(self.content(path))


def parsed_xml(data: bytes) -> Element:
    """Return the root of a document in XML, without comments and processing instructions.

    Raises lxml.etree.XMLSyntaxError where it is not well formed.
    """
    # An entity may name a file of this machine, or unfold without end.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)
