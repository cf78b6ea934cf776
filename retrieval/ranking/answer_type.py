"""What kind of thing a question asks for, and whether a sentence offers one.

"Ai", "who" ask for somebody: a name that the question does not hold itself. "Khi nào", "how many"
ask for a time or a number: figures that the question does not hold. A sentence that offers what
is asked for is the likelier answer among others that are as near in meaning. Questions of other
kinds get no help from here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.language.words import normal, tokens

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


@dataclass(frozen=True)
class AnswerType:
    """What a question asks for: a person, a time or number, both or neither; and what it names."""

    a_name: bool
    a_figure: bool
    words: frozenset[str]
    figures: frozenset[str]

    @classmethod
    def by(cls, question: str) -> AnswerType:
        """Read a question."""
        asked = normal(question).casefold()
        return cls(
            bool(_WHO.search(asked)),
            bool(_FIGURES.search(asked)),
            frozenset(tokens(question)),
            frozenset(_FIGURE.findall(question)),
        )

    def is_offered_in(self, sentence: str) -> bool:
        """Tell whether `sentence` may name the person, the time or the number asked for."""
        return (self.a_figure and self._has_new_figure(sentence)) or (
            self.a_name and self._has_new_name(sentence)
        )

    def _has_new_figure(self, sentence: str) -> bool:
        return not self.figures.issuperset(_FIGURE.findall(sentence))

    def _has_new_name(self, sentence: str) -> bool:
        """Tell whether a capital within the sentence begins a word that is not in the question."""
        words = _WORD.findall(sentence)[1:]  # the first word's capital says nothing
        return any(word[0].isupper() and not self.words.issuperset(tokens(word)) for word in words)
