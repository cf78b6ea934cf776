"""The language of a text or a question; Vietnamese may be written without diacritics.

Vietnamese is recognised by its syllables: nearly every word of a Vietnamese sentence, folded, has
the form of a Vietnamese syllable, while at most half of the words in another language do. (No
detector recognises "thu truong de xuat gi".) English is recognised by its function words, so that
"Who is Tô Lâm?" is English. Other languages are left to a detector, py3langid, which is limited to
languages that people are likely to write in and gives no answer where it is not sure.

This module alone imports py3langid.
"""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from retrieval.language.words import ALPHABETIC, fold, normal

_SAMPLE = 5000  # characters looked at; with more, only the time changes
_SHARE = 0.7  # of words; in XQuAD, Vietnamese questions have at least .75, English ones up to .50
_SURE = 0.5

_SYLLABLE = re.compile(
    r"(?:ngh(?=[ei])|gh(?=[ei])|ng(?![eiy])|k(?=[eiy])|c(?=[aou])"
    r"|qu|gi|ch|kh|nh|ph|th|tr|[bdghlmnprstvx])?"
    r"(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oay|oe|oeo|oi|oo"
    r"|ua|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|ye|yeu)"
    r"(?:ch|ng|nh|[cmnpt])?"
)
# Words that are common in English and have the form of Vietnamese syllables count for neither.
_EITHER = frozenset(
    "a an at be but by can do he him i in it may me my no not on so such than that the them then "
    "to too up".split()
)
# Only words that related languages do not have: "is", "of" and "was" are Dutch as well.
ENGLISH = frozenset(
    "about and are been did does from has have how should that the their these they this those "
    "were what when where which who whom whose why with would you your".split()
)
_LIKELY = (
    "ar bg ca cs da de el en es et fa fi fr he hi hr hu id it ja km ko lo lt lv ms my nl no pl pt "
    "ro ru sk sl sq sr sv th tl tr uk ur zh"
).split()


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of a text's main language, or "" where it is unknown.

    >>> language_of("thu truong de xuat gi"), language_of("Who is Tô Lâm?"), language_of("2021")
    ('vi', 'en', '')
    """
    sample = normal(text[:_SAMPLE])
    words = ALPHABETIC.findall(sample)
    if _is_vietnamese(words):
        return "vi"
    if _is_english(words):
        return "en"
    return _detected(sample) if words else ""


def is_vietnamese_syllable(folded: str) -> bool:
    """Tell whether a folded word has the form of a Vietnamese syllable.

    >>> is_vietnamese_syllable("truong"), is_vietnamese_syllable("three")
    (True, False)
    """
    return _SYLLABLE.fullmatch(folded) is not None


def _is_vietnamese(words: list[str]) -> bool:
    """Tell by the words that are not names, which are spelled the same in any language."""
    common = [word for word in words if word.islower()] or words
    telling = [word for word in common if fold(word) not in _EITHER]
    syllables = [word for word in telling if is_vietnamese_syllable(fold(word))]
    if len(telling) < 2 and all(fold(word) == word.casefold() for word in syllables):
        return False  # one syllable without diacritics, such as "hi", is not enough
    return len(syllables) >= _SHARE * len(telling)


def _is_english(words: list[str]) -> bool:
    function_words = [word for word in words if word.casefold() in ENGLISH]
    return 0 < len(words) <= 8 * len(function_words)


def _detected(sample: str) -> str:
    language: str = _identifier().classify(sample)[0]
    return "" if language == "und" else language


@cache
def _identifier() -> LanguageIdentifier:
    """Load the detector, which takes over half a second, when it is first needed."""
    identifier = LanguageIdentifier.from_model_file(
        MODEL_FILE, norm_probs=True, min_confidence=_SURE
    )
    identifier.set_languages(_LIKELY)
    return identifier
