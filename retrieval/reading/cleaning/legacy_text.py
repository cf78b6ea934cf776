"""Nonsense that was Vietnamese once -> Vietnamese, told by the syllables that come out.

Text in TCVN3 or VNI, and UTF-8 that was read as Windows's code page, is stored as "tµi liÖu",
"taøi lieäu" or "liá»‡u". A conversion is right if most of the words that it changes become
syllables that Vietnamese texts have, and hardly any were before. The words of the whole document
decide, so that short lines are converted too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from retrieval.language.syllables import counted_as, general_words
from retrieval.language.words import normal
from retrieval.reading.cleaning.legacy_encodings import tcvn3_to_unicode, vni_to_unicode
from retrieval.refusals import Cause, UnreadableError

_SAMPLE = 20_000  # characters looked at
_FEWEST_WORDS = 3
_RIGHT, _WRONG = 0.8, 0.5  # shares of known syllables
_FEWEST_STRANGE = 5
_NONSENSE = 0.2  # of all words, with a sign between their letters
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9]")  # letters that only Unicode has; nonsense has none
_ENOUGH = 0.005  # of all characters; Vietnamese has ten times as many
_WORD = re.compile(r"[^\W\d_]+")
_SIGN_IN_WORD = re.compile(r"[^\W\d_][®©§¦¨¬¯±²³¶¸¹¼½¾×][^\W\d_]")
_WINDOWS = {bytes([code]).decode("cp1252", "ignore"): code for code in range(0x80, 0xA0)}


def from_legacy(texts: Sequence[str]) -> list[str]:
    """Return the texts of one document, converted where they are in a legacy encoding.

    Raises UnreadableError where they are nonsense that no conversion turns into a language.
    """
    written = "\n".join(texts)[:_SAMPLE]
    sample = normal(written)
    if sample.isascii() or len(_VIETNAMESE.findall(sample)) > _ENOUGH * len(sample):
        return list(texts)
    convert = _conversion_of(written)
    if convert is None:
        if _is_nonsense(sample):
            raise UnreadableError(Cause.ENCODING)
        return list(texts)
    return ["\n".join(_better(line, convert(line)) for line in text.split("\n")) for text in texts]


def vietnamese_of(candidates: Iterable[str]) -> str | None:
    """Return the one of several readings of the same bytes that is Vietnamese, or None."""
    shares = sorted(
        ((_known_share(text[:_SAMPLE]), text) for text in candidates), key=lambda pair: pair[0]
    )
    (second, _), (best, text) = shares[-2:]
    return text if best >= _RIGHT and second <= _WRONG else None


def _conversion_of(sample: str) -> Callable[[str], str] | None:
    if _known_share(sample) > _WRONG:
        return None
    shares = {convert: _known_share(convert(sample)) for convert in _CONVERSIONS}
    best = max(shares, key=lambda convert: shares[convert])
    return best if shares[best] >= _RIGHT else None


def _better(line: str, converted: str) -> str:
    """Return the converted line unless it was better as it is, such as a line in Unicode."""
    return converted if _known_share(converted, 1) >= _known_share(line, 1) else line


def _known_share(text: str, fewest: int = _FEWEST_WORDS) -> float:
    """Return the share of known syllables among the words with other letters than English has."""
    words = [word for word in _words(text) if not word.isascii()]
    known = sum(_is_known(word) for word in words)
    return known / len(words) if len(words) >= fewest else 0.0


def _words(text: str) -> list[str]:
    return [word.strip(".,;:!?\"'()[]{}“”‘’…-–/") for word in normal(text).split()]


def _is_known(word: str) -> bool:
    syllables = _WORD.findall(word)
    return bool(syllables) and all(each in general_words() for each in map(counted_as, syllables))


def _is_nonsense(sample: str) -> bool:
    words = _words(sample)
    strange = sum(bool(_SIGN_IN_WORD.search(word)) for word in words)
    return strange >= _FEWEST_STRANGE and strange > _NONSENSE * len(words)


def _twice_encoded(text: str) -> str:
    """Return text whose UTF-8 was read as Windows's western code page; "" if it was not."""
    codes = [_WINDOWS.get(char, ord(char)) for char in text]
    try:
        return bytes(codes).decode("utf-8")
    except ValueError:
        return ""


def _western(text: str) -> str:
    """Return text whose bytes were read as Windows's Vietnamese code page, read as western."""
    return text.encode("cp1258", "replace").decode("cp1252", "replace")


_CONVERSIONS: tuple[Callable[[str], str], ...] = (
    tcvn3_to_unicode,
    vni_to_unicode,
    _twice_encoded,
    lambda text: tcvn3_to_unicode(_western(text)),
    lambda text: vni_to_unicode(_western(text)),
)
