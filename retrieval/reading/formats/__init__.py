"""The formats that can be read: one module and one line each.

A format's module has a function `read` that makes a `Draft` of a file's bytes. It may raise
anything where the file is damaged. A format with pages, slides or sheets gives each paragraph the
number of its page. Its line below names the module by the suffix of its files, and the function
where it is another. Modules whose `read` takes a `Recogniser` as well, for pictures of text, are
named below the lines. Importing this list imports no module: their libraries take seconds to load.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from retrieval.reading.draft import Draft
from retrieval.reading.recognition.recogniser import NO_PICTURES, Recogniser
from retrieval.refusals import Cause, UnreadableError

_MODULES: Mapping[str, str] = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".pptx": "powerpoint",
    ".pptm": "powerpoint",
    ".ppsx": "powerpoint",
    ".odt": "opendocument",
    ".ods": "opendocument",
    ".odp": "opendocument",
    ".rtf": "rtf",
    ".epub": "epub",
    ".eml": "mail",
    ".doc": "libreoffice:read_doc",
    ".wps": "libreoffice:read_wps",
    ".xls": "libreoffice:read_xls",
    ".ppt": "libreoffice:read_ppt",
    ".png": "image:read",
    ".jpg": "image:read",
    ".jpeg": "image:read",
    ".tif": "image:read",
    ".tiff": "image:read",
    ".webp": "image:read",
}
_WITH_PICTURES = frozenset({"pdf", "image", "mail"})
SUFFIXES = tuple(_MODULES)
MAIN_SUFFIXES = tuple(
    suffix
    for place, (suffix, reader) in enumerate(_MODULES.items())
    if ":" not in reader and reader not in list(_MODULES.values())[:place]
)
"""The first suffix of each format that is read without another program's help, to be named."""

log = logging.getLogger(__name__)

Reader = Callable[[bytes, Recogniser], Draft]


def reader_of(suffix: str) -> Reader:
    """Import the module that reads files of one of `SUFFIXES`, and return its function.

    Raises ImportError where a library of the module is missing.
    """
    name, _, function = _MODULES[suffix].partition(":")
    read: Any = getattr(import_module(f"{__name__}.{name}"), function or "read")
    return read if name in _WITH_PICTURES else lambda data, _: read(data)


def draft_of(data: bytes, suffix: str, recogniser: Recogniser = NO_PICTURES) -> Draft:
    """Return what a file of one of `SUFFIXES` holds, not yet cleaned.

    Args:
        data: The file's bytes.
        suffix: Tells the format.
        recogniser: Reads pictures of text; they stay unread unless it is given.

    Raises:
        UnreadableError: The bytes hold no text or are no file of this format.
        MemoryError: Reading them takes more than the process may have.
    """
    read = reader_of(suffix)
    try:
        return read(data, recogniser)
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # a parser fails on a broken file in more ways than it documents
        log.debug("A %s file cannot be parsed", suffix, exc_info=True)
        raise UnreadableError(Cause.DAMAGED, suffix=suffix) from error
