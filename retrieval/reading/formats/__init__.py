"""The formats that can be read: one module and one line each.

A format's module has a function `read` that makes a `Draft` of a file's bytes. It may raise
anything where the file is damaged. A format with pages, slides or sheets gives each paragraph the
number of its page. Its line below names the module by the suffix of its files. A `read` that takes
a `Recogniser` as well, for pictures of text, is named below the lines.
Importing this list imports no module: their libraries take seconds to load.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from retrieval.reading.draft import Draft
from retrieval.reading.recognition.recogniser import Recogniser

_MODULES: Mapping[str, str] = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
    ".webp": "image",
}
_WITH_PICTURES = frozenset({"pdf", "image"})
SUFFIXES = tuple(_MODULES)

Reader = Callable[[bytes, Recogniser], Draft]


def reader_of(suffix: str) -> Reader:
    """Import the module that reads files of one of `SUFFIXES`, and return its `read`.

    Raises ImportError where a library of the module is missing.
    """
    name = _MODULES[suffix]
    module: Any = import_module(f"{__name__}.{name}")
    if name in _WITH_PICTURES:
        reader: Reader = module.read
        return reader
    return lambda data, _: module.read(data)
