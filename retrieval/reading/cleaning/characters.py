"""Characters put right: normal form, plain spaces, no invisible ones, no look-alike letters.

Fonts with wrong tables, old keyboards and jokes leave letters that only look right: "ngƣời" with
the letter gha, "Ðiều" with the Icelandic eth, Latin words with Cyrillic letters, full-width and
mathematical letters. No question is written with them, so each becomes the letter that it shows.
"""

from __future__ import annotations

import re
import unicodedata

from retrieval.language.words import normal

_BREAKS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_SOFT_HYPHEN = re.compile("\xad[ \t]*\n?")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
_SPACES = re.compile(r"[^\S\n]+")

_GHA_AND_AFRICAN_D = str.maketrans("ƣƢƉ", "ưƯĐ")
# Full-width letters and digits, ligatures, mathematical letters; full-width punctuation stays.
_VARIANT = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\ufb00-\ufb06\U0001d400-\U0001d7ff]")
# Eth begins no word of today's languages, while đ does: "Ðiều", "QÐ-UBND". Old English has æ and þ.
_ETH = re.compile(r"\b[bcdghklmnpqrstvxðÐ]*[ðÐ](?!\w*[æþ])", re.IGNORECASE)
_STROKE = str.maketrans("ðÐ", "đĐ")
_LATIN = dict(
    zip(
        "аеорсухіјѕԁһԛԝАВЕЅІЈКМНОРСТУХ" + "οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",  # Cyrillic, Greek  # noqa: RUF001
        "aeopcyxijsdhqwABESIJKMHOPCTYX" + "oABEZHIKMNOPTYX",
        strict=True,
    )
)
_TO_LATIN = str.maketrans(_LATIN)
_TO_SKELETON = _GHA_AND_AFRICAN_D | _TO_LATIN
_MIXED = re.compile(rf"[^\W\d_]*[{''.join(_LATIN)}][^\W\d_]*")


def tidy(text: str) -> str:
    """Return `text` in NFC, with plain line breaks, spaces and letters and nothing invisible."""
    text = _SOFT_HYPHEN.sub("", _BREAKS.sub("\n", text))
    text = with_true_letters(normal(_INVISIBLE.sub("", text)))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))


def with_true_letters(text: str) -> str:
    """Return `text` in NFC with the letters that its look-alikes show.

    >>> with_true_letters("Ðoàn gồm ba ngƣời")
    'Đoàn gồm ba người'
    """
    if text.isascii():
        return text
    text = text.translate(_GHA_AND_AFRICAN_D)
    text = _VARIANT.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _ETH.sub(lambda found: found[0].translate(_STROKE), text)
    return normal(_MIXED.sub(_in_one_script, text))


def skeleton(text: str) -> str:
    """Return the letters and digits of `text` by what they look like, to compare two readings.

    Marks, spaces and punctuation are left out. Ligatures are their letters, and letters of other
    scripts the Latin ones that they resemble. See Unicode's Technical Standard 39, where a skeleton
    is a similar form.

    >>> skeleton("Ðiều 5 – “ﬁnal”")
    'Đieu5final'
    """
    if not text.isascii():
        text = text.translate(_TO_SKELETON).translate(_STROKE)
        text = unicodedata.normalize("NFKD", text)
    return "".join(filter(str.isalnum, text))


def _in_one_script(word: re.Match[str]) -> str:
    """Return a Latin word without letters of other scripts; a word of another script as it is."""
    has_latin = any(_is_latin(letter) for letter in word[0])
    latin = word[0].translate(_TO_LATIN)
    return latin if has_latin and all(map(_is_latin, latin)) else word[0]


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")
