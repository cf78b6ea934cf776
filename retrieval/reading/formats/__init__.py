"""The formats that can be read: one module and one line each.

A format's module has a function `read` that makes a `Draft` of a file's bytes. It may raise
anything where the file is damaged. A format with pages, slides or sheets gives each paragraph the
number of its page. Its line below names the module by the suffix of its files. The module of a
format with pictures of text has a `read` that takes a `Recogniser` as well.
Importing this list imports no module: their libraries take seconds to load.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType

from retrieval.reading.draft import Draft
from retrieval.reading.recognition.recogniser import Recogniser

_MODULES: Mapping[str, str] = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
}
_WITH_PICTURES: Mapping[str, str] = {
    ".pdf": "pdf",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
    ".webp": "image",
}
SUFFIXES = (*_MODULES, *_WITH_PICTURES)

Reader = Callable[[bytes, Recogniser], Draft]


def reader_of(suffix: str) -> Reader:
    """Import the module that reads files of one of `SUFFIXES`, and return its `read`.

    Raises ImportError where a library of the module is missing.
    """
    if suffix in _WITH_PICTURES:
        read_pictures: Reader = _module(_WITH_PICTURES[suffix]).read
        return read_pictures
    read: Callable[[bytes], Draft] = _module(_MODULES[suffix]).read
    return lambda data, _: read(data)


def _module(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")
