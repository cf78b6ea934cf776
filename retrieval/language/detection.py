"""Which language a text or a question is in, Vietnamese without diacritics included.

Vietnamese is known by its syllables: nearly every word of a Vietnamese sentence, folded, is built
as a Vietnamese syllable may be, and at most half of those of a sentence in another language are.
No detector knows "thu truong de xuat gi". English is known by its function words, which outweigh
the names in "Who is Tô Lâm?". Any other language is left to a detector (py3langid), limited to
those people are likely to write in and silent where it is not sure.
"""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from retrieval.language.words import fold, normal

_SAMPLE = 5000  # characters; more change nothing but the time
_SHARE = 0.7  # XQuAD: Vietnamese questions, with or without diacritics, .75 and up; English, .50
_SURE = 0.5

_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh(?=[ei])|gh(?=[ei])|ng(?![eiy])|k(?=[eiy])|c(?=[aou])"
    r"|qu|gi|ch|kh|nh|ph|th|tr|[bdghlmnprstvx])?"
    r"(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oay|oe|oeo|oi|oo"
    r"|ua|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|ye|yeu)"
    r"(?:ch|ng|nh|[cmnpt])?"
)
# Common in English and shaped like Vietnamese: they speak for neither.
_EITHER = frozenset(
    "a an at be but by can do he him i in it may me my no not on so such than that the them then "
    "to too up".split()
)
# Only those that are no words of its neighbours: "is", "of" and "was" are Dutch as well.
_ENGLISH = frozenset(
    "about and are been did does from has have how should that the their these they this those "
    "were what when where which who whom whose why with would you your".split()
)
_LIKELY = (
    "ar bg ca cs da de el en es et fa fi fr he hi hr hu id it ja km ko lo lt lv ms my nl no pl pt "
    "ro ru sk sl sq sr sv th tl tr uk ur zh"
).split()


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the text's main language, empty where it cannot be told."""
    sample = normal(text[:_SAMPLE])
    words = _WORD.findall(sample)
    if _is_vietnamese(words):
        return "vi"
    if _is_english(words):
        return "en"
    return _detected(sample) if words else ""


def is_vietnamese_syllable(folded: str) -> bool:
    """Tell whether a folded word is built as a Vietnamese syllable: "truong", not "three"."""
    return _SYLLABLE.fullmatch(folded) is not None


def _is_vietnamese(words: list[str]) -> bool:
    """Judge by the words that are no names: names keep their spelling in any language."""
    common = [word for word in words if word.islower()] or words
    telling = [word for word in common if fold(word) not in _EITHER]
    syllables = [word for word in telling if is_vietnamese_syllable(fold(word))]
    if len(telling) < 2 and all(fold(word) == word.casefold() for word in syllables):
        return False  # one bare syllable, such as "hi", tells nothing
    return len(syllables) >= _SHARE * len(telling)


def _is_english(words: list[str]) -> bool:
    function_words = [word for word in words if word.casefold() in _ENGLISH]
    return 0 < len(words) <= 8 * len(function_words)


def _detected(sample: str) -> str:
    language: str = _identifier().classify(sample)[0]
    return "" if language == "und" else language


@cache
def _identifier() -> LanguageIdentifier:
    """Load the detector when first asked: it takes over half a second."""
    identifier = LanguageIdentifier.from_model_file(
        MODEL_FILE, norm_probs=True, min_confidence=_SURE
    )
    identifier.set_languages(_LIKELY)
    return identifier
