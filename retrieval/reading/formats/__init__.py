"""The formats that can be read: one module and one line each.

A format's module has a function `read` that makes a `Draft` of a file's bytes. It may raise
anything where the file is damaged. A format with pages, slides or sheets gives each paragraph the
number of its page. Its line below names the module by the suffix of its files.
Importing this list imports no module: their libraries take seconds to load.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from retrieval.reading.draft import Draft

_MODULES: Mapping[str, str] = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
SUFFIXES = tuple(_MODULES)


def reader_of(suffix: str) -> Callable[[bytes], Draft]:
    """Import the module that reads files of one of `SUFFIXES`, and return its `read`.

    Raises ImportError where a library of the module is missing.
    """
    read: Callable[[bytes], Draft] = import_module(f"{__name__}.{_MODULES[suffix]}").read
    return read
