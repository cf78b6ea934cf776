"""A language as people name it -> its ISO 639-1 code."""

from __future__ import annotations

import re

from retrieval.language.words import fold

_CODE = re.compile(r"(?P<code>[a-z]{2})(?:[-_][a-z]+)*", re.IGNORECASE)
# By code: the ISO 639-2 code, and the names in English, Vietnamese and the language itself.
_NAMES = {
    "vi": "vie|vietnamese|viet|viet nam|viet ngu",
    "en": "eng|english|anh|anh ngu",
    "fr": "fra|fre|french|phap|francais",
    "de": "deu|ger|german|duc|deutsch",
    "es": "spa|spanish|tay ban nha|espanol",
    "pt": "por|portuguese|bo dao nha|portugues",
    "it": "ita|italian|y|italiano",
    "ru": "rus|russian|nga|русский",
    "zh": "zho|chi|chinese|trung|hoa|中文",
    "ja": "jpn|japanese|nhat|日本語",
    "ko": "kor|korean|han|han quoc|한국어",
    "km": "khm|khmer|ខ្មែរ",
    "lo": "lao|ລາວ",
    "th": "tha|thai|thai lan|ไทย",
    "id": "ind|indonesian|indonesia|bahasa indonesia",
    "ms": "msa|may|malay|ma lai|bahasa melayu",
}
_CODES = {fold(name): code for code, names in _NAMES.items() for name in names.split("|")}


def language_code(written: str) -> str:
    """Return the code of the language that `written` names; empty if it names none.

    >>> language_code("Tiếng Việt"), language_code("en-GB"), language_code("English")
    ('vi', 'en', 'en')
    """
    found = _CODE.fullmatch(written)
    if found:
        return found["code"].casefold()
    name = fold(written).removeprefix("tieng ").removesuffix(" language").strip()
    return _CODES.get(name, "")
