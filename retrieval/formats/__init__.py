"""The bytes of a file -> a draft, by its format: .txt, .md, .html, .pdf or .docx.

Each format has a module and a library of its own, imported when the first such file is read: a
start that finds its index in order reads none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from retrieval.drafts import Draft, UnreadableError

SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")

log = logging.getLogger(__name__)


def read(data: bytes, suffix: str) -> Draft:
    """Return what a file of one of `SUFFIXES` holds, not yet cleaned.

    Raises UnreadableError with the reason where it gives no text.
    """
    reader = _reader(suffix)
    try:
        return reader(data)
    except UnreadableError:
        raise
    except Exception as error:  # a parser fails on a broken file in more ways than it documents
        log.debug("A %s file cannot be parsed", suffix, exc_info=True)
        raise UnreadableError(f"it is damaged or no {suffix} file; save it again") from error


def _reader(suffix: str) -> Callable[[bytes], Draft]:
    match suffix:
        case ".md":
            from retrieval.formats.markdown import read_markdown as reader
        case ".html" | ".htm":
            from retrieval.formats.html import read_html as reader
        case ".pdf":
            from retrieval.formats.pdf import read_pdf as reader
        case ".docx":
            from retrieval.formats.docx import read_docx as reader
        case _:
            from retrieval.formats.text import read_text as reader
    return reader
