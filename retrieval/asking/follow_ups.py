"""Follow-ups: questions that leave out what the last one was about.

"Còn năm 2022 thì sao?" and "and in Laos?" name one thing, their element. The last question is asked
again with the element in it (see `retrieval.asking.elements`). A question that has a question word
of its own is whole and takes nothing over.
"""

from __future__ import annotations

import re

from retrieval.asking.elements import in_place
from retrieval.asking.phrases import pattern

_LONGEST = 10  # words of an element
_LONGEST_FRAGMENT = 6  # words of an element that nothing announces

_HOW = pattern(r"(?:sao|thế nào|như thế nào|ra sao)")
_WHAT = pattern(r"(?:thì )?(?:là )?bao nhiêu|thì (?:là )?(?:mấy|gì|ai|ở đâu|khi nào)")
_PARTICLE = pattern(r"(?:vậy|ạ|nhỉ|hả|à|nhé|thế|bạn|bot|ấy|nữa)")
_END = rf"(?:\s+{_PARTICLE})*[\s?!.…]*"
_ANNOUNCED = (
    pattern(r"(?:(?:thế|vậy|thế thì|vậy thì|à|ừ|và|nhưng) )*còn (?:về )?")
    + rf"(?:(?P<short>\S+(?:\s+\S+){{0,2}}?)[\s,]+(?:{_WHAT})"
    + rf"|(?P<element>.+?)(?:(?:[\s,]+{pattern('thì')})?\s+{_HOW})?){_END}",
    rf"(?:{pattern('(?:thế|vậy|và|nhưng)')}\s+)?"
    rf"(?P<element>.+?)[\s,]+{pattern('thì (?:sao|thế nào|như thế nào|ra sao)')}{_END}",
    r"(?:and |but |so |ok |then |or )*(?:what|how) (?:about|of) (?P<element>.+?)[\s?!.…]*",
    r"(?:and |but )*(?:the )?same (?:question )?(?:for|in|with) (?P<element>.+?)[\s?!.…]*",
    r"(?:and|but|or)[\s,]+(?:what about )?(?P<element>.+?)[\s?!.…]*",
    rf"{pattern('(?:thế|vậy|và)')}\s+(?P<element>.+?){_END}",
)
_FOLLOWS = tuple(re.compile(one, re.IGNORECASE) for one in _ANNOUNCED)
_FRAGMENT = re.compile(
    pattern(
        r"(?:(?:ở|tại|trong|vào|năm|quý|tháng|ngày|kỳ|khóa|chương|điều|in|at|for|with|với|của) )"
    )
    + r"(?P<element>.+?)[\s?!.…]*|(?P<year>(?:19|20)\d\d)[\s?!.…]*",
    re.IGNORECASE,
)
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
    for follows in _FOLLOWS:
        found = follows.fullmatch(text)
        element = found and (found.groupdict().get("short") or found["element"])
        if element and _is_element(element, _LONGEST):
            is_bare = _CON_ALONE.match(text) and len(element) + len("con ?") >= len(text)
            return None if is_bare else element
    return None


def fragment_of(question: str) -> str | None:
    """Return a question that is only a place or a time, without its mark, None if it is more.

    >>> fragment_of("năm 2022?"), fragment_of("In Laos?")
    ('năm 2022', 'In Laos')
    """
    text = question.strip()
    found = _FRAGMENT.fullmatch(text)
    if found is None or not _is_element(text, _LONGEST_FRAGMENT):
        return None
    return text.rstrip(" ?!.…")


def may_follow(question: str) -> bool:
    """Tell whether a question may take something over from the one before it."""
    return element_of(question) is not None or fragment_of(question) is not None


def following(question: str, previous: str) -> str | None:
    """Return the question that a follow-up means, None where it is whole.

    Args:
        question: The follow-up, in normal form C.
        previous: The question before it, as it was understood.

    >>> following("Còn năm 2022 thì sao?", "Năm 2023 huyện thu bao nhiêu?")
    'Năm 2022 huyện thu bao nhiêu?'
    >>> following("and in Laos?", "How many students live in Vietnam?")
    'How many students live in Laos?'
    """
    element = element_of(question) or fragment_of(question)
    return None if element is None else in_place(previous, element)


def _is_element(text: str, longest: int) -> bool:
    return 0 < len(text.split()) <= longest and not _ASKS.search(text)
