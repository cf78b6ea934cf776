"""The kind of thing that a question asks for, told more exactly than by its answer type.

`retrieval.ranking.answer_type` gives every sentence with a new name or figure a little more. Here a
sentence must hold what could be the answer itself: for "ai" and "who" a name of several words, for
"ngày nào" a day, for "bao lâu" a length of time, for "bao nhiêu phần trăm" a share. Questions of
other kinds have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from retrieval.language.words import normal, tokens

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_NUMBER = (
    r"(?:\d[\d.,]*|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nửa|vài"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|half an?|an?)"
)
_UNIT = (
    r"(?:năm|ngày|tháng|tuần|giờ|phút|tiếng|buổi|thập kỷ|thế kỷ"
    r"|years?|days?|months?|weeks?|hours?|minutes?|decades?|century|centuries)"
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_FIGURE = re.compile(r"\d+")
_FIRST = re.compile(r"\w+")


class AskedKind(Enum):
    """A kind of answer, with the words that ask for it and those that give it."""

    DAY = (
        r"(ngày nào|ngày mấy|hôm nào|(what|which) (day|date))",
        rf"(ngày (mồng |mùng )?\d|\d{{1,2}}/\d|\d(st|nd|rd|th)?( of)? {_MONTH}|{_MONTH} \d)",
    )
    TIME = (
        r"((khi|năm|tháng|lúc|thời gian|thời điểm|thế kỷ|giai đoạn|thập niên|thập kỷ|mùa) nào"
        r"|bao giờ|mấy giờ|năm bao nhiêu|when"
        r"|(what|which) (year|years|month|century|time|decade|decades))",
        rf"([12]\d\d\d|(ngày|tháng|năm) \d|\d (giờ|o'clock)|{_MONTH} \d|\d (of )?{_MONTH}"
        rf"|(in|since|until|by) {_MONTH}|khi|when|before|after)",
    )
    DURATION = (
        rf"(bao lâu|how long|(bao nhiêu|mấy|how many) {_UNIT})",
        rf"(?<!ngày )(?<!tháng )(?<!năm ){_NUMBER}[ -](?:\w+ )?{_UNIT}",
    )
    SHARE = (
        r"(bao nhiêu phần trăm|tỷ lệ|tỉ lệ|(what|which) (percentage|share|proportion))",
        r"(\d ?%|phần trăm|percent|per cent|half|third|quarter|nửa)",
    )
    PERSON = (r"(ai|người nào|nhân vật nào|vị nào|who|whom|whose)", "")

    @property
    def asks(self) -> re.Pattern[str]:
        """What a question of this kind holds, in lower case."""
        return re.compile(rf"(?<!\w){self.value[0]}(?!\w)")

    @property
    def gives(self) -> re.Pattern[str]:
        """What a sentence that answers holds, in lower case; of a person see `Asked`."""
        return re.compile(rf"(?<!\w){self.value[1]}")


@dataclass(frozen=True)
class Asked:
    """The kind that a question asks for, None where it is of no kind; its words and figures."""

    kind: AskedKind | None
    words: frozenset[str]
    figures: frozenset[str]

    @classmethod
    def of(cls, question: str) -> Asked:
        """Find out what a question asks for.

        >>> Asked.of("Who chaired the meeting?").is_given_in("Colonel Hun Manith chaired it.")
        True
        >>> Asked.of("Bao lâu thì xong?").is_given_in("Từ tháng 8 năm 2023 có thủ tục mới.")
        False
        """
        # Only the first word is lowered: "Who" within a question is part of a name.
        asking = _FIRST.sub(lambda word: word[0].lower(), normal(question), count=1)
        kind = next((kind for kind in AskedKind if kind.asks.search(asking)), None)
        return cls(kind, frozenset(tokens(question)), frozenset(_FIGURE.findall(question)))

    def is_given_in(self, sentence: str) -> bool:
        """Tell whether a sentence holds what could be the answer."""
        if self.kind is None:
            return False
        if self.kind is AskedKind.PERSON:
            return any(self._names(sentence))
        found = self.kind.gives.finditer(sentence.casefold())
        return any(not self._repeats(match[0]) for match in found)

    def may_be_given_in(self, sentence: str) -> bool:
        """Tell whether a sentence holds what could be the answer, though less clearly so.

        A name of one word, which `is_given_in` leaves out, may be a person's.
        """
        if self.kind is AskedKind.PERSON:
            return any(self._names(sentence, least=1))
        return self.is_given_in(sentence)

    def _names(self, sentence: str, least: int = 2) -> Iterator[str]:
        """Yield the runs of at least `least` capitalised words that the question does not have."""
        for is_name, run in groupby(
            _WORD.finditer(sentence), key=lambda word: word[0][0].isupper()
        ):
            words = [word for word in run if word.start() or least > 1]
            name = " ".join(word[0] for word in words)
            if is_name and len(words) >= least and not self.words.issuperset(tokens(name)):
                yield name

    def _repeats(self, words: str) -> bool:
        """Tell whether all figures of some words stand in the question."""
        figures = _FIGURE.findall(words)
        return bool(figures) and self.figures.issuperset(figures)
