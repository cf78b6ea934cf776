"""Plain text: bytes in any encoding -> characters, with the front matter taken off.

UTF-8 is tried first, then the encodings of old Vietnamese files, which are told by the syllables
that come out: Windows's, and TCVN3 and VNI, which no codec knows. For other bytes
charset-normalizer makes guesses. The best guess is taken only if it is orderly, reads as a language
and has no rival as good.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from charset_normalizer import CharsetMatch, CharsetMatches, from_bytes

from retrieval.language.detection import language_of
from retrieval.language.words import normal
from retrieval.reading.cleaning.legacy_encodings import tcvn3_to_unicode, vni_to_unicode
from retrieval.reading.cleaning.legacy_text import vietnamese_of
from retrieval.reading.draft import Draft
from retrieval.reading.formats.frontmatter import split_front_matter
from retrieval.refusals import Cause, UnreadableError

# Curly quotes, dashes, the ellipsis: the same bytes in every code page of Windows.
_PUNCTUATION = b"\x85\x91\x92\x93\x94\x96\x97\xa0"
_MOST_CHAOS, _LEAST_COHERENCE = 0.1, 0.2


def read(data: bytes) -> Draft:
    """Return the text, with the metadata of its front matter.

    Raises UnreadableError where the encoding is not certain.
    """
    return split_front_matter(decode(data))


def decode(data: bytes) -> str:
    """Return the characters, with plain line breaks.

    Raises UnreadableError where the encoding is not certain.
    """
    try:
        if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            text = data.decode("utf-16")
        elif b"\0" in data:  # UTF-16 of plain English is valid UTF-8 with many NULs
            text = _guessed(data)
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _guessed(data)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guessed(data: bytes) -> str:
    latin = data.decode("latin-1")
    vietnamese = vietnamese_of(
        (
            normal(data.decode("cp1258", "replace")),
            tcvn3_to_unicode(latin),
            vni_to_unicode(latin),
        )
    )
    return vietnamese or _guessed_of_many(data)


def _guessed_of_many(data: bytes) -> str:
    if data.translate(None, _PUNCTUATION).isascii() and b"\0" not in data:
        text = data.decode("cp1252")
        if (
            language_of(text) == "en"
        ):  # in other languages these bytes may be letters of a Mac's code page
            return text
    guesses = from_bytes(data)
    best = guesses.best()
    if best is None or best.chaos > _MOST_CHAOS or not _reads_well(best) or _ties(best, guesses):
        raise UnreadableError(Cause.ENCODING)
    return str(best)


def _ties(best: CharsetMatch, guesses: CharsetMatches) -> bool:
    """Tell whether another guess is as good: French in cp1252 makes fair words in cp1250 too.

    Windows's code pages are the likely ones. Coherence does not decide between them: it prefers
    Italian with Lithuanian letters.
    """
    return any(
        guess.chaos <= best.chaos
        and (guess.coherence >= best.coherence or guess.encoding.startswith("cp125"))
        and str(guess) != str(best)
        for guess in guesses
    )


def _reads_well(guess: CharsetMatch) -> bool:
    """Tell whether the guess reads as a language; a wrong one gives no Vietnamese syllables."""
    return guess.coherence >= _LEAST_COHERENCE or language_of(str(guess)) == "vi"
