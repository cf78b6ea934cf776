"""Files parsed for an index that is not finished: a stopped build does not parse them again.

Once an index is live, it holds its documents, and the journal is removed. Each line begins with
its CRC-32, so that one which was cut short is noticed.
"""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO
from zlib import crc32

from retrieval.documents import Document
from retrieval.reading.parse_cache import ParsedFile

_DIGITS = 8  # of a CRC-32 in hex


class ParsedJournal:
    """A file of parsed files, to which several threads may append."""

    def __init__(self, file: BinaryIO, found: tuple[ParsedFile, ...]) -> None:
        """Store the open file, and what was found in it."""
        self.found = found
        self._file = file
        self._lock = Lock()

    @classmethod
    def open(cls, path: Path, reads_as: str) -> ParsedJournal:
        """Open a journal, or begin one.

        Args:
            path: The file.
            reads_as: What decides how files are read; a journal with another one begins anew.

        Raises:
            OSError: The file cannot be read or written.
        """
        path.touch()
        file = path.open("r+b")
        lines = [line for line in file if _is_sound(line)]
        if not lines or _content(lines[0]) != reads_as:
            lines = [_line(reads_as)]
        found = tuple(map(_parsed_file, lines[1:]))
        file.seek(0)
        file.writelines(lines)
        file.truncate()
        file.flush()
        return cls(file, found)

    def append(self, file: ParsedFile) -> None:
        """Keep a file; raises OSError."""
        line = _line([file.sha256, file.document.to_record()])
        with self._lock:
            self._file.write(line)
            self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _line(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False).encode()
    return f"{crc32(text):0{_DIGITS}x}".encode() + text + b"\n"


def _is_sound(line: bytes) -> bool:
    text = line[_DIGITS:].removesuffix(b"\n")
    return line.endswith(b"\n") and line[:_DIGITS] == f"{crc32(text):0{_DIGITS}x}".encode()


def _content(line: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    return json.loads(line[_DIGITS:])


def _parsed_file(line: bytes) -> ParsedFile:
    sha256, record = _content(line)
    return ParsedFile(Document.from_record(record), sha256)
