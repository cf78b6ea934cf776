"""Follow-ups: questions that leave out what the last one was about.

"Còn năm 2022 thì sao?" and "and in Laos?" name one thing, their element. The last question is asked
again with the element in it (see `retrieval.asking.elements`). A question that has a question word
of its own is whole and takes nothing over.
"""

from __future__ import annotations

import re

from retrieval.asking.elements import in_place, is_specific
from retrieval.asking.phrases import pattern

_LONGEST = 10  # words of an element
_AROUND = 8  # words that announce it
_LONGEST_FRAGMENT = 6  # words of an element that nothing announces

_HOW = pattern(r"(?:sao|thế nào|như thế nào|ra sao)")
_WHAT = pattern(r"(?:thì )?(?:là )?bao nhiêu|thì (?:là )?(?:mấy|gì|ai|ở đâu|khi nào)")
_THEN = pattern(r"thì")
_SO = pattern(r"(?:thế(?! (?:kỷ|kỉ|hệ|giới))|vậy|và|nhưng)")
_STILL = pattern(
    r"(?:(?:thế|vậy|thế thì|vậy thì|à|ừ|ok|oke|rồi|và|nhưng)[\s,]+)*còn (?!lại\b)(?:về )?"
)
_PARTICLE = pattern(r"(?:vậy|ạ|nhỉ|hả|à|nhé|thế|bạn|bot|ấy|nữa)")
_END = rf"(?:\s+{_PARTICLE})*[\s?!.…]*"
_MARK = r"[\s?!.…]*"
_ELEMENT = r"(?P<element>.+?)"
# It must be a time, a place or a name: "thế vận hội" and "mất thẻ thì sao" are whole.
_SPECIFIC = r"(?P<specific>.+?)"
_FOLLOWS = tuple(
    re.compile(one, re.IGNORECASE)
    for one in (
        rf"{_STILL}(?P<element>\S+(?:\s+\S+){{0,2}}?)[\s,]+(?:{_WHAT}){_END}",
        rf"{_STILL}{_ELEMENT}(?:(?:[\s,]+{_THEN})?\s+{_HOW})?{_END}",
        rf"{_SO}\s+{_ELEMENT}[\s,]+{_THEN}\s+{_HOW}{_END}",
        rf"{_SPECIFIC}[\s,]+{_THEN}\s+{_HOW}{_END}",
        rf"{_SO}\s+{_SPECIFIC}{_END}",
        rf"(?:and |but |so |ok |then |or )*(?:what|how) (?:about|of) {_ELEMENT}{_MARK}",
        rf"(?:and |but )*(?:the )?same (?:question )?(?:for|in|with) {_ELEMENT}{_MARK}",
        rf"(?:and|but)[\s,]+{_ELEMENT}{_MARK}",
    )
)
_AT = pattern(r"(?:ở|tại|trong|vào|năm|quý|tháng|ngày|kỳ|khóa|chương|điều|với|của|in|at|for|with)")
_FRAGMENT = re.compile(rf"(?:{_AT} .+?|(?:19|20)\d\d){_MARK}", re.IGNORECASE)
# With one of these an element is a clause: the question is whole.
_ASKS = re.compile(
    r"\b(?:"
    + pattern(
        r"ai|gì|nào|đâu|mấy|bao nhiêu|bao giờ|bao lâu|bao xa|sao|không|chưa|nếu|lỡ|giả sử|khi|hay"
    )
    + r"|who|whom|whose|what|when|where|why|which|how|is|are|was|were|do|does|did|has|have|had|can"
    r"|could|will|would|should|if|then|please|else)\b",
    re.IGNORECASE,
)
_CON_ALONE = re.compile(r"con\s", re.IGNORECASE)  # "con mèo" is no "còn mèo"


def element_of(question: str) -> str | None:
    """Return what a follow-up names, None where the question is whole.

    >>> element_of("Còn năm 2022 thì sao?"), element_of("and in Laos?")
    ('năm 2022', 'in Laos')
    >>> element_of("Còn bao nhiêu ngày nữa đến Tết?") is None
    True
    """
    text = question.strip()
    if len(text.split()) > _LONGEST + _AROUND:
        return None
    for follows in _FOLLOWS:
        if (found := follows.fullmatch(text)) and (element := _element_in(found)):
            is_bare = _CON_ALONE.match(text) and len(element) + len("con ?") >= len(text)
            return None if is_bare else element
    return None


def fragment_of(question: str) -> str | None:
    """Return a question that is only a place or a time, without its mark, None if it is more.

    >>> fragment_of("năm 2022?"), fragment_of("In Laos?")
    ('năm 2022', 'In Laos')
    """
    text = question.strip()
    if len(text.split()) > _LONGEST_FRAGMENT:
        return None
    if not _FRAGMENT.fullmatch(text) or not _is_element(text, _LONGEST_FRAGMENT):
        return None
    return text.rstrip(" ?!.…")


def following(question: str, previous: str) -> str | None:
    """Return the question that a follow-up means, None where it is whole.

    A mere place or time is a follow-up only where the question before it has one of its kind.

    Args:
        question: The follow-up, in normal form C.
        previous: The question before it, as it was understood.

    >>> following("Còn năm 2022 thì sao?", "Năm 2023 huyện thu bao nhiêu?")
    'Năm 2022 huyện thu bao nhiêu?'
    >>> following("and in Laos?", "How many students live in Vietnam?")
    'How many students live in Laos?'
    """
    if element := element_of(question):
        return in_place(previous, element)[0]
    fragment = fragment_of(question)
    meant, has_place = in_place(previous, fragment) if fragment else ("", False)
    return meant if has_place else None


def _element_in(found: re.Match[str]) -> str | None:
    groups = found.groupdict()
    element = groups.get("element") or groups["specific"]
    if not _is_element(element, _LONGEST):
        return None
    return element if "element" in groups or is_specific(element) else None


def _is_element(text: str, longest: int) -> bool:
    return 0 < len(text.split()) <= longest and not _ASKS.search(text)
