"""Vietnamese typed for a keyboard that was off: Telex ("Vieejt") and VNI ("Vie65t").

Both write a mark as a key after its letter, or at the end of the syllable. A word is decoded only
if it is no syllable as it stands and a known one when decoded. Some English words are so by chance
("been", "cars", "tax"). So a question is decoded only where nearly all its words are Vietnamese
then, and where a key is among them that hardly ends an English word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from retrieval.language.detection import ENGLISH
from retrieval.language.everyday_questions import everyday_questions
from retrieval.language.syllables import counted_as
from retrieval.language.tones import TONES, with_tone
from retrieval.language.words import ALPHABETIC, fold

Known = Callable[[str], bool]
"""Tells whether a lower-case word, with its marks, is written somewhere."""

_WORD = re.compile(r"[^\W_]+")
_TELEX = re.compile(r"(dd|[^aeiouyw]*)([a-z]+)")
_VNI = re.compile(r"[a-z]+[1-9][a-z1-9]*")
_TELEX_TONES = dict(zip("fsxrj", TONES[1:], strict=True))
_VNI_TONES = dict(zip("21435", TONES[1:], strict=True))
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
# What a horn or a breve goes to, the first of these that the vowels have.
_HORN = (("uo", "ươ"), ("ua", "ưa"), ("o", "ơ"), ("u", "ư"))
_BREVE = (("a", "ă"),)
# Keys that hardly end an English word: those of a mark, or of a rarer tone.
_STRONG = re.compile(r"dd|aa|ee|oo|[a-z]w|[aeiouy]\w*[jf]|[6-9]|\d\D*\d")
_VIETNAMESE = 0.8  # share of a question's words


def decoded(question: str, known: Known) -> str | None:
    """Return a question with its Telex or VNI decoded, or None where it has none.

    Args:
        question: In normal form C.
        known: Tells which words are written in Vietnamese.
    """
    words = [word for word in _WORD.findall(question) if not word.isdecimal()]
    meant = {word: one for word in words if (one := _decoded_word(word, known)) is not None}
    syllables = [word for word in words if word in meant or _is_syllable(word, known)]
    strong = [word for word in meant if _STRONG.search(word.lower())]
    if len(meant) == 1 and all(_is_name(word, one) for word, one in meant.items()):
        return None
    if not strong or len(syllables) < _VIETNAMESE * len(words):
        return None
    return _WORD.sub(lambda word: meant.get(word[0], word[0]), question)


def _decoded_word(word: str, known: Known) -> str | None:
    """Return the syllable that a word types, with its capitals, or None if it types none."""
    typed = word.lower()
    if not typed.isascii() or typed in _english_words() or _is_syllable(word, known):
        return None
    syllable = _vni(typed) if any(map(str.isdecimal, typed)) else _telex(typed)
    if syllable is None or syllable == typed or not known(counted_as(syllable)):
        return None
    if word.isupper():
        return syllable.upper()
    return syllable.capitalize() if word[0].isupper() else syllable


def _is_name(word: str, decoded: str) -> bool:
    """Tell whether a lone word with a capital shows one key alone, as "Lee" does."""
    return word[0].isupper() and len(word) - len(decoded) < 2


def _is_syllable(word: str, known: Known) -> bool:
    return word.isalpha() and (known(counted_as(word)) or known(fold(word)))


def _telex(typed: str) -> str | None:
    parts = _TELEX.fullmatch(re.sub("(?<!u)wow?", "uow", typed))
    if parts is None:
        return None
    onset, rest = parts.groups()
    tones = [letter for letter in rest if letter in _TELEX_TONES]
    letters = "".join(letter for letter in rest if letter not in (*_TELEX_TONES, "w", "z"))
    if onset == "dd" or (onset == "d" and "d" in letters):
        onset, letters = "đ", letters.replace("d", "")
    for vowel, marked in _CIRCUMFLEX.items():
        if letters.count(vowel) == 2:
            first = letters.index(vowel)
            letters = letters[:first] + marked + letters[first + 1 :].replace(vowel, "")
    if "w" in rest:
        letters = _marked(letters, onset, (*_HORN[:2], *_BREVE, *_HORN[2:])) or "ư" + letters
    return _toned(onset + letters, [_TELEX_TONES[key] for key in tones])


def _vni(typed: str) -> str | None:
    if not _VNI.fullmatch(typed):
        return None
    letters = re.sub(r"\d", "", typed)
    keys = re.findall(r"\d", typed)
    if "9" in keys:
        letters = letters.replace("d", "đ", 1)
    onset = re.match(r"[^aeiouy]*", letters)[0]  # type: ignore[index]
    letters = letters[len(onset) :]
    if "6" in keys:
        letters = re.sub(r"[aeo](?=[^aeo]*$)", lambda vowel: _CIRCUMFLEX[vowel[0]], letters)
    for key, marks in (("7", _HORN), ("8", _BREVE)):
        if key in keys:
            letters = _marked(letters, onset, marks) or letters
    return _toned(onset + letters, [_VNI_TONES[key] for key in keys if key in _VNI_TONES])


def _marked(letters: str, onset: str, marks: tuple[tuple[str, str], ...]) -> str:
    """Return the letters with the first of the marks that they can take, "" if they take none."""
    for plain, marked in marks:
        if plain in letters and not (plain == "ua" and onset == "q"):
            return letters.replace(plain, marked, 1)
    return ""


def _toned(syllable: str, tones: list[str]) -> str | None:
    if len(set(tones)) > 1:
        return None
    return with_tone(syllable, tones[0] if tones else "")


@cache
def _english_words() -> frozenset[str]:
    """Return English words that are never decoded, common ones among them."""
    asked = (ALPHABETIC.findall(question.lower()) for question in everyday_questions("en"))
    return ENGLISH.union(*asked) | _SHORT_ENGLISH


_SHORT_ENGLISH = frozenset(
    "as is or for her his has was us of if been see seen too soon does are our were more here off "
    "its cars car bus yes tax box mix six max fix let see ".split()
)
