"""Bytes of a page -> characters, by the encoding that the page declares.

UTF-8 is tried first: pages that were converted often keep their old declaration. A declared
encoding is taken only if the text that it gives reads well. Vietnamese pages in TCVN3 or VNI
declare ISO-8859-1, which would make nonsense of them.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer.md import mess_ratio

from retrieval.language.detection import language_of
from retrieval.reading.formats import text as plain

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I
)
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_HEAD = 4096  # bytes; browsers look for a declaration in the first 1024
# Browsers read these as Windows's code page, which has the curly quotes (WHATWG Encoding).
_WESTERN = ("ascii", "iso8859-1", "cp1252")
_MOST_CHAOS = 0.1


def decode(data: bytes) -> str:
    """Return the characters of a page, with plain line breaks.

    Raises UnreadableError where the encoding is not certain.
    """
    codec = _declared(data)
    if not codec or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_utf8(data):
        return plain.decode(data)
    return _decoded(data, codec) or plain.decode(data)


def _declared(data: bytes) -> str:
    """Return the name of the codec that the page declares, or "" where it declares none."""
    found = _DECLARED.search(data[:_HEAD])
    if found is None:
        return ""
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
        b"a".decode(name)  # raises LookupError for codecs of bytes, such as base64
    except (LookupError, UnicodeError):
        return ""
    return "cp1252" if name in _WESTERN else name


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes, codec: str) -> str:
    """Return the text that the codec gives, or "" where it reads as no language."""
    try:
        text = data.decode(codec)
    except UnicodeError:
        return ""
    words = _TAG.sub(" ", text)
    language = language_of(words)
    if not language or (language == "vi" and codec == "cp1252"):  # it lacks most of their letters
        return ""
    if mess_ratio(words, _MOST_CHAOS) > _MOST_CHAOS:
        return ""
    return text.replace("\r\n", "\n").replace("\r", "\n")
