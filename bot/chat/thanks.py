"""Recognises words that only thank or agree, and so ask nothing: "cảm ơn nhé", "ok thanks!", "👍".

Only words that are hardly ever meant as a question count, and the text must consist of them alone.
A message that thanks and asks is a question.
"""

from __future__ import annotations

import re
import unicodedata

THANKS = {
    "vi": r"c[aảá]m [oơ]n|dạ|vâng|được rồi|hiểu rồi|tuyệt vời",
    "en": r"thanks|thank (?:you|u)|thx|got it|perfect",
    "": r"ok|okay|oke|okie|oki|tks",
}
# Words that accompany thanks in either language, but do not thank by themselves.
BESIDE_THANKS = (
    r"ạ|nhé|nhe|nha|nhá|ơi|rất|nhiều|nhieu|lắm|bạn|ban|em|anh|chị|xin|chân thành|"
    r"vì|câu trả lời|đã giúp(?: đỡ)?|"
    r"so much|very much|a lot|many|you|bot|again|for (?:the|your) (?:help|answer)"
)
APPROVAL = frozenset("👍👌🙏👏💪💯🎉🤝❤♥😊🙂😀😁🥰😍")

_THANKS = "|".join(THANKS.values())
_ONLY_THANKS = re.compile(
    rf"(?:(?:{BESIDE_THANKS}) )*(?:{_THANKS})(?: (?:{_THANKS}|{BESIDE_THANKS}))*"
)


def language_of_thanks(text: str) -> str | None:
    """Return the language in which `text` thanks or agrees.

    Returns:
        "vi" or "en", "" for no particular language, None if the text is anything else.
    """
    words = " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))
    if not words:
        return None if APPROVAL.isdisjoint(text) else ""
    if {"?", "？"} & set(text) or not _ONLY_THANKS.fullmatch(words):
        return None
    return next(
        language for language, said in THANKS.items() if re.search(rf"\b(?:{said})\b", words)
    )
