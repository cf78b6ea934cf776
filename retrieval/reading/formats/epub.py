"""Books (.epub): their chapters in the order of the spine, each read as a web page.

zipfile and lxml read the archive and its lists (EPUB 3.3); ebooklib is under the AGPL. What a book
says of itself is its publisher's word: title, date, and its publisher or authors as the source.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from retrieval.reading.draft import Draft, Metadata, Paragraph
from retrieval.reading.formats.archive import Archive, Element
from retrieval.reading.formats.html.charset import decode
from retrieval.reading.formats.html.fragment import paragraphs_in
from retrieval.refusals import Cause, UnreadableError

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DATE = re.compile(r"(?:1[4-9]|20)\d\d(?:-[01]\d(?:-[0-3]\d)?)?(?=$|[T ])")


@dataclass(frozen=True, slots=True)
class _Item:
    """A file of the book: its path in the archive, its type, and what it is for."""

    path: str
    type: str
    properties: tuple[str, ...]


def read(data: bytes) -> Draft:
    """Return the paragraphs of a book, without its table of contents.

    Raises:
        UnreadableError: It is encrypted, unpacks to too much, or its encoding is not certain.
        Exception: It is damaged.
    """
    archive = Archive.opened(data)
    (root, *_) = _named(archive.parsed(_CONTAINER), "rootfile")
    path = root.get("full-path", "")
    package = archive.parsed(path)
    chapters = list(_chapters(package, posixpath.dirname(path)))
    _refuse_encrypted(archive, chapters)
    paragraphs = [each for one in chapters for each in _paragraphs(archive, one)]
    return Draft(tuple(paragraphs), _metadata(package))


def _chapters(package: Element, folder: str) -> Iterator[str]:
    """Yield the paths of the pages in reading order."""
    items = {each.get("id", ""): _item(each, folder) for each in _named(package, "item")}
    for reference in _named(package, "itemref"):
        item = items.get(reference.get("idref", ""))
        is_aside = reference.get("linear", "yes") == "no"
        if item and item.type in _PAGES and "nav" not in item.properties and not is_aside:
            yield item.path


def _item(element: Element, folder: str) -> _Item:
    path = posixpath.normpath(posixpath.join(folder, unquote(element.get("href", ""))))
    properties = tuple(element.get("properties", "").split())
    return _Item(path, element.get("media-type", "").lower(), properties)


def _refuse_encrypted(archive: Archive, chapters: list[str]) -> None:
    """Raise UnreadableError where chapters are encrypted, and not only fonts."""
    if _ENCRYPTION not in archive.names:
        return
    named = _named(archive.parsed(_ENCRYPTION), "CipherReference")
    if {unquote(each.get("URI", "")) for each in named} & set(chapters):
        raise UnreadableError(Cause.ENCRYPTED)


def _paragraphs(archive: Archive, path: str) -> tuple[Paragraph, ...]:
    return paragraphs_in(decode(archive.content(path))) if path in archive.names else ()


def _metadata(package: Element) -> Metadata:
    def values(name: str) -> list[str]:
        lines = (" ".join("".join(each.itertext()).split()) for each in package.iter(_DC + name))
        return [line for line in lines if line]

    dates = (
        _DATE.match(each.text or "")
        for each in package.iter(_DC + "date")
        if each.get(_OPF + "event", "publication") == "publication"
    )
    return Metadata(
        title=next(iter(values("title")), ""),
        date=next((found[0] for found in dates if found), ""),
        source=next(iter(values("publisher")), "") or ", ".join(values("creator")),
    )


def _named(root: Element, name: str) -> list[Element]:
    """Return the elements of a local name, in whatever namespace a program has put them."""
    return [each for each in root.iter() if str(each.tag).rpartition("}")[2] == name]
