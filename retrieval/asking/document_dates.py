"""When the documents that a question asks for were published: "bài viết tháng 8/2024 về lũ".

A date in a question is mostly a part of its matter ("ngân sách năm 2022 là bao nhiêu") and limits
nothing. It is the date of documents where it belongs to a word for them, such as "tin", "văn bản
ban hành" or "reports", and the question begins with that word, asks which of them, or goes on with
what they are about. "A report published in 2014" is one that the documents tell of. In doubt the
date limits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from retrieval.asking.phrases import pattern
from retrieval.asking.written_periods import WrittenPeriod, period_at
from retrieval.periods import Period

_NEWS_VI = pattern(
    "bản tin|tin bài|tin tức|tin|bài viết|bài báo|bài đăng|bài|phóng sự|thông cáo báo chí|thông cáo"
)
_PAPERS_VI = pattern(
    "văn bản|tài liệu|báo cáo|công văn|thông báo"
    "|(?:các|những) (?:nghị định|quyết định|nghị quyết|thông tư|chỉ thị|quy định|hướng dẫn)"
)
_NEWS_EN = (
    "news(?: (?:articles|reports|stories|items))?|articles|reports|stories|documents"
    "|press releases|posts|bulletins|dispatches|circulars"
)
_TIN = pattern("(?:thông|lòng|niềm|đưa|tự) $")  # "thông tin", "lòng tin" are other words
_NOUN = re.compile(
    rf"\b(?:(?P<news>{_NEWS_VI}|{_NEWS_EN})|(?P<papers>{_PAPERS_VI}))\b"
    rf"(?P<which> (?:{pattern('nào|gì')})\b)?(?: {pattern('mới nhất|mới')}\b)?",
    re.IGNORECASE,
)
_WHOSE = re.compile(rf" (?:{pattern('của|trên')}|by)((?: [^\s,;:?!]+){{1,4}})", re.IGNORECASE)
_PUBLISHED = re.compile(
    pattern(
        " (?:đã |được |đã được )?(?:ban hành|đăng tải|đăng|công bố|xuất bản|phát hành|viết|đưa|gửi)"
    )
    + "|(?: that| which)?(?: were| was| are)? (?:published|issued|released|posted|written|dated)",
    re.IGNORECASE,
)
_LATER = re.compile(
    pattern("(?:đã |được |đã được )(?:ban hành|đăng tải|đăng|công bố|phát hành)")
    + "|were (?:published|issued|released|posted|written)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"[,\s]*(?:"
    + pattern("(?:có )?(?:nói |viết |đưa tin )?(?:về|nói gì|liên quan|đề cập|nhắc đến)")
    + r"|(?:that )?(?:say|said|tell|mention|cover)|(?:about|on|regarding|concerning|covering))\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\W*(?:(?:"
    + pattern("tìm|cho|tôi|mình|em|xem|liệt kê|có|các|những|mọi|tất cả|hãy|giúp|đọc|lọc|theo|trong")
    + r"|please|can|could|you|show|find|give|list|search|for|me|any|all|some|the|of|are|is|there|do"
    r"|does|did|have|which|what|how|i|need|want|in|according|to|latest|newest|recent|most)\W+)*",
    re.IGNORECASE,
)
_ONE = re.compile(rf"\b(?:{pattern('một')}|1|an?|one)\s+$", re.IGNORECASE)
_WHICH = re.compile(r"\b(?:which|what)\s+$", re.IGNORECASE)
_OFFERED = re.compile(
    pattern(",? (?:thì )?có (?:các |những |bao nhiêu )?")
    + rf"(?:{_NEWS_VI}|{_PAPERS_VI}) {pattern('(?:gì|nào)')}\b",
    re.IGNORECASE,
)
_POSSESSED = re.compile(rf"(?:['’]s?)? (?:{_NEWS_EN})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DatedQuestion:
    """A question without the words that tell when the documents were published."""

    text: str
    period: Period


def of_documents(question: str, today: date) -> DatedQuestion | None:
    """Return the question and the period of the documents that it asks for, None without one.

    Args:
        question: In normal form C.
        today: The day from which "last week" and "June" count.

    >>> dated = of_documents("Bài viết tháng 8/2024 về lũ", date(2025, 1, 1))
    >>> dated.text, dated.period.iso
    ('Bài viết về lũ', '2024-08')
    >>> of_documents("Ngân sách năm 2022 là bao nhiêu?", date(2025, 1, 1)) is None
    True
    """
    found = _opening(question, today) or next(_after_nouns(question, today), None)
    if found is None:
        return None
    start, written = found
    text = f"{question[:start].rstrip()} {question[written.end :].lstrip(' ,')}".strip()
    return DatedQuestion(re.sub(r" (?=[?!.,])", "", text), written.period)


_Found = tuple[int, WrittenPeriod]
"""Where the words that tell the period begin, and the period."""


def _opening(question: str, today: date) -> _Found | None:
    """Find a period before its noun: "Tháng 8 có tin gì", "last week's news about"."""
    begins = _BEGINS.match(question)
    start = begins.end() if begins else 0
    written = period_at(question, start, today)
    if written is None:
        return None
    if _OFFERED.match(question, written.end):
        return start, written
    noun = _POSSESSED.match(question, written.end)
    if noun and _ABOUT.match(question, noun.end()):
        return start, WrittenPeriod(written.period, noun.start() + noun[0].index(" "))
    return None


def _after_nouns(question: str, today: date) -> Iterator[_Found]:
    """Yield the periods after a noun that belong to it."""
    for noun in _NOUN.finditer(question):
        before = question[: noun.start()]
        if _ONE.search(before) or re.search(_TIN, before, re.IGNORECASE):
            continue
        is_asked = noun["which"] is not None or _WHICH.search(before) is not None
        for place in _places(question, noun, is_asked):
            published = _PUBLISHED.match(question, place)
            start = published.end() if published else place
            written = period_at(question, start + 1, today)
            if written is None or question[start : start + 1] != " ":
                continue
            may_be_bare = noun["news"] is not None or published is not None
            if not (written.has_bound or may_be_bare):
                continue
            begins = is_asked or _BEGINS.fullmatch(before)
            if begins or _ABOUT.match(question, written.end):
                yield place, written


def _places(question: str, noun: re.Match[str], is_asked: bool) -> Iterator[int]:
    """Yield where the words about the publication of a noun's documents may begin."""
    yield noun.end()
    if whose := _WHOSE.match(question, noun.end()):
        yield from (whose.start(1) + word.end() for word in re.finditer(r" \S+", whose[1]))
    if is_asked:
        yield from (later.start() - 1 for later in _LATER.finditer(question, noun.end() + 1))
