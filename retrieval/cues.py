"""What kind of thing a question asks for, and whether a sentence offers one.

"Ai", "who" ask for somebody: a name that the question does not hold itself. "Khi nào", "how many"
ask for a time or a number: figures that the question does not hold. A sentence that offers what
is asked for is the likelier answer among others that are as near in meaning. Questions of other
kinds get no help from here.
"""

from __future__ import annotations

import re

from retrieval.words import normal, tokens

_WHO = re.compile(
    r"\b(ai|người nào|nhân vật nào|vị nào|tên là gì|who|whom|whose"
    r"|which (person|man|woman|king|queen|minister|general|official))\b"
)
_FIGURES = re.compile(
    r"\b((khi|năm|ngày|tháng|lúc|thời gian|thời điểm|thế kỷ|giai đoạn) nào|bao giờ|ngày mấy"
    r"|bao nhiêu|mấy|bao lâu|bao xa"
    r"|when|(what|which) (year|years|date|day|days|month|century|time|percentage|number)"
    r"|how (many|much|long|far|old|large|big|tall|often))\b"
)
_WORD = re.compile(r"[^\W\d_]\w*")
_FIGURE = re.compile(r"\d+")


def offers_what_is_asked(sentence: str, question: str) -> bool:
    """Tell whether `question` asks for a person, a time or a number that `sentence` may name."""
    asked = normal(question).casefold()
    return bool(
        (_FIGURES.search(asked) and _new_figures(sentence, question))
        or (_WHO.search(asked) and _new_names(sentence, question))
    )


def _new_figures(sentence: str, question: str) -> set[str]:
    return set(_FIGURE.findall(sentence)) - set(_FIGURE.findall(question))


def _new_names(sentence: str, question: str) -> bool:
    """Tell whether a capital within the sentence begins a word that is not in the question."""
    known = set(tokens(question))
    words = _WORD.findall(sentence)[1:]  # the first word's capital says nothing
    return any(word[0].isupper() and not known.issuperset(tokens(word)) for word in words)
