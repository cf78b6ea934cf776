"""What was fetched from an address: its head, its bytes, and what tells whether it has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from retrieval.reading.formats import MAIN_SUFFIXES, SUFFIXES
from retrieval.refusals import Cause, UnreadableError

_OFFICE = "application/vnd.openxmlformats-officedocument"
_SUFFIXES: Mapping[str, str] = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/tab-separated-values": ".tsv",
    "message/rfc822": ".eml",
    "application/epub+zip": ".epub",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    f"{_OFFICE}.wordprocessingml.document": ".docx",
    f"{_OFFICE}.spreadsheetml.sheet": ".xlsx",
    f"{_OFFICE}.presentationml.presentation": ".pptx",
}
# Servers give these to any file, whose name then says what it is.
_VAGUE = (
    *("", "text/plain", "application/octet-stream", "binary/octet-stream", "application/zip"),
    *("application/download", "application/force-download", "application/x-download"),
)
_LONGEST = 100  # characters of a name without the digits that tell it from others
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site says of the version of what it sends: ETag and Last-Modified, empty for none."""

    etag: str = ""
    modified: str = ""

    def as_headers(self) -> dict[str, str]:
        """Return the headers that ask only for another version."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


UNKNOWN = Validators()


@dataclass(frozen=True, slots=True)
class Head:
    """What comes before the bytes: the address after all redirects, and two headers."""

    url: str
    content_type: str = ""
    disposition: str = ""

    @property
    def media_type(self) -> str:
        """The media type, in lower case and without parameters."""
        return self.content_type.partition(";")[0].strip().lower()

    @property
    def suffix(self) -> str:
        """The suffix of files of this format.

        Raises:
            UnreadableError: The format cannot be read.
        """
        suffix = _SUFFIXES.get(self.media_type, "")
        if self.media_type in _VAGUE and (named := self._named_suffix) in SUFFIXES:
            suffix = named
        if suffix not in SUFFIXES:
            raise UnreadableError(Cause.FORMAT, suffixes=", ".join(MAIN_SUFFIXES))
        return suffix

    @property
    def _named_suffix(self) -> str:
        header = Message()
        header["Content-Disposition"] = self.disposition
        name = header.get_filename() or unquote(urlsplit(self.url).path)
        return PurePosixPath(name).suffix.lower()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched."""

    head: Head
    data: bytes
    validators: Validators

    @property
    def file_name(self) -> str:
        """A name for the file: site and path, told from other addresses that look like it."""
        return f"{stem_of(self.head.url)}{self.head.suffix}"


def site_of(url: str) -> str:
    """Return the host of an address as people write it, without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def stem_of(url: str) -> str:
    """Return a file's name, without a suffix, for what lies at an address: "bao.vn_tin_123"."""
    parts = urlsplit(url)
    path = unquote(parts.path).strip("/")
    plain = PurePosixPath(path).with_suffix("").as_posix() if _is_file(path) else path
    stem = "_".join(part for part in (site_of(url), *plain.split("/")) if part)
    if parts.query or "_" in path or len(stem) > _LONGEST:
        return f"{stem[:_LONGEST]}_{sha256(url.encode()).hexdigest()[:_DIGITS]}"
    return stem


def _is_file(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in (*SUFFIXES, ".htm", ".php", ".aspx")
