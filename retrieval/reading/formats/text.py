"""Plain text: bytes in whatever encoding -> characters, and front matter told from the text.

UTF-8 is tried first. Anything else is left to charset-normalizer, and taken only where the text
decoded so is in order, reads as a language and has no rival as good: many a Vietnamese file of
old is in TCVN3 or VNI, which no codec knows and which would come out as nonsense in another.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from charset_normalizer import CharsetMatch, CharsetMatches, from_bytes

from retrieval.language.detection import language_of
from retrieval.reading.draft import Draft
from retrieval.reading.formats.frontmatter import split_front_matter
from retrieval.reading.refusals import Cause, UnreadableError

# Curly quotes, dashes, the ellipsis: the same bytes in every code page of Windows.
_PUNCTUATION = b"\x85\x91\x92\x93\x94\x96\x97\xa0"
_MOST_CHAOS, _LEAST_COHERENCE = 0.1, 0.2


def read(data: bytes) -> Draft:
    """Return the text as one paragraph, with the metadata of its front matter."""
    return split_front_matter(decode(data))


def decode(data: bytes) -> str:
    """Return the characters with plain line breaks; raise UnreadableError where not certain."""
    try:
        if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            text = data.decode("utf-16")
        elif b"\0" in data:  # UTF-16 of plain English is valid UTF-8, full of NULs
            text = _guessed(data)
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _guessed(data)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guessed(data: bytes) -> str:
    if data.translate(None, _PUNCTUATION).isascii() and b"\0" not in data:
        text = data.decode("cp1252")
        if language_of(text) == "en":  # in other languages these bytes may be a Mac's letters
            return text
    guesses = from_bytes(data)
    best = guesses.best()
    if best is None or best.chaos > _MOST_CHAOS or not _reads_well(best) or _ties(best, guesses):
        raise UnreadableError(Cause.ENCODING)
    return str(best)


def _ties(best: CharsetMatch, guesses: CharsetMatches) -> bool:
    """Tell whether another text is as orderly: French in cp1252 makes fair words in cp1250 too.

    Between the code pages of Windows, the likely ones, coherence does not decide: it prefers
    Italian with the letters of Lithuanian.
    """
    return any(
        guess.chaos <= best.chaos
        and (guess.coherence >= best.coherence or guess.encoding.startswith("cp125"))
        and str(guess) != str(best)
        for guess in guesses
    )


def _reads_well(guess: CharsetMatch) -> bool:
    """Tell whether the text is in a language; Vietnamese syllables come out of no wrong guess."""
    return guess.coherence >= _LEAST_COHERENCE or language_of(str(guess)) == "vi"
