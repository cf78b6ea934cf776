"""Whether words only thank or agree, and so ask nothing: "cảm ơn nhé", "ok thanks!", "👍".

Only what can hardly be meant as a question counts, and it has to be all there is: whoever thanks
and asks in one message has asked.
"""

from __future__ import annotations

import re
import unicodedata

THANKS = {
    "vi": r"c[aảá]m [oơ]n|dạ|vâng|được rồi|hiểu rồi|tuyệt vời",
    "en": r"thanks|thank (?:you|u)|thx|got it|perfect",
    "": r"ok|okay|oke|okie|oki|tks",
}
# What goes along with thanks in either language, and thanks for nothing by itself.
ALONG = (
    r"ạ|nhé|nhe|nha|nhá|ơi|rất|nhiều|nhieu|lắm|bạn|ban|em|anh|chị|xin|chân thành|"
    r"vì|câu trả lời|đã giúp(?: đỡ)?|"
    r"so much|very much|a lot|many|you|bot|again|for (?:the|your) (?:help|answer)"
)
APPROVAL = frozenset("👍👌🙏👏💪💯🎉🤝❤♥😊🙂😀😁🥰😍")

_THANKS = "|".join(THANKS.values())
_ONLY_THANKS = re.compile(rf"(?:(?:{ALONG}) )*(?:{_THANKS})(?: (?:{_THANKS}|{ALONG}))*")


def language_of_thanks(text: str) -> str | None:
    """Return the language that `text` thanks or agrees in, "" if in no particular one.

    None if it is anything else.
    """
    words = " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))
    if not words:
        return None if APPROVAL.isdisjoint(text) else ""
    if "?" in text or not _ONLY_THANKS.fullmatch(words):
        return None
    return next(
        language for language, said in THANKS.items() if re.search(rf"\b(?:{said})\b", words)
    )
