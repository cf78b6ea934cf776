"""The answer type of a question: what kind of thing it asks for, and which sentences offer one.

"Ai" and "who" ask for a person: a name that is not in the question itself. "Khi nào" and "how many"
ask for a time or a number: figures that are not in the question. Among sentences that are equally
near in meaning, one that offers the kind of thing asked for is the likelier answer. Questions of
other kinds have no such sentence.
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
    """Whether a question asks for a name, for a figure, for both or for neither.

    `words` are the question's folded words and `figures` its numbers: what is in the question is
    not its answer.

    >>> asked = AnswerType.of("Who chaired the meeting?")
    >>> asked.is_offered_in("It was chaired by Hun Manith.")
    True
    >>> asked.is_offered_in("The meeting was short.")
    False
    """

    asks_name: bool
    asks_figure: bool
    words: frozenset[str]
    figures: frozenset[str]

    @classmethod
    def of(cls, question: str) -> AnswerType:
        """Find out what a question asks for."""
        lower = normal(question).casefold()
        return cls(
            asks_name=bool(_WHO.search(lower)),
            asks_figure=bool(_FIGURES.search(lower)),
            words=frozenset(tokens(question)),
            figures=frozenset(_FIGURE.findall(question)),
        )

    def is_offered_in(self, sentence: str) -> bool:
        """Tell whether `sentence` may give the name or the figure that is asked for."""
        return (self.asks_figure and self._has_new_figure(sentence)) or (
            self.asks_name and self._has_new_name(sentence)
        )

    def _has_new_figure(self, sentence: str) -> bool:
        return not self.figures.issuperset(_FIGURE.findall(sentence))

    def _has_new_name(self, sentence: str) -> bool:
        """Tell whether a capitalised word within the sentence is not in the question."""
        words = _WORD.findall(sentence)[1:]  # the first word has a capital in any case
        return any(word[0].isupper() and not self.words.issuperset(tokens(word)) for word in words)
