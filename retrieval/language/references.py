"""References to the parts of laws and papers: "khoản 2 Điều 13", "Article 13", "Chương II".

A reference becomes a word such as "article 13", the same in Vietnamese and English, with Roman
numbers written out in figures. Parts named together, as in "điểm b khoản 1 Điều 3", also become the
words that name them as a whole: "article 3 clause 1" and "article 3 clause 1 point b". So clause 2
of article 13 is told from clause 13 of article 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from retrieval.language.words import fold

_KINDS = {
    "article": "điều|dieu|article",
    "clause": "khoản|khoan|clause|paragraph",
    "point": "điểm|diem|point",
    "chapter": "chương|chuong|chapter",
    "section": "mục|muc|section",
    "part": "phần|phan|part",
    "annex": "phụ lục|phu luc|annex|appendix",
}
NESTED = ("article", "clause", "point")
"""The kinds of parts that articles are made of, from the whole to its parts."""

_REFERENCE = re.compile(
    r"\b(?:"
    + "|".join(rf"(?P<{kind}>{names})" for kind, names in _KINDS.items())
    + r") (?P<number>\d{1,4}[a-zđ]?|[ivxlc]{1,7}|[a-zđ]|thứ \w{2,4}|thu \w{2,4})(?![\w/]|[.,]\d)",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:điều|article) \d{1,4}[a-zđ]?\s?[.:](?=\s|$)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,]*(?:(?:của|cua|thuộc|thuoc|tại|tai|of|in)\s+)?(?:the\s+)?")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ORDINALS = "nhat hai ba tu nam sau bay tam chin muoi".split()
_LETTERED = ("point", "annex")


class Reference(NamedTuple):
    """A part of a paper: its kind in English, such as "article", and its number or letter."""

    kind: str
    number: str

    @property
    def word(self) -> str:
        """The reference as one word of an index."""
        return f"{self.kind} {self.number}"


def references(text: str) -> list[str]:
    """Return the references in `text` as words, in order.

    >>> references("khoản 2 Điều 13, Chương II")
    ['clause 2', 'article 13', 'chapter 2', 'article 13 clause 2']
    """
    found: list[str] = []
    wholes: list[str] = []
    together: list[Reference] = []
    end = 0
    for match in _REFERENCE.finditer(text):
        reference = _reference(match)
        if reference is None:
            continue
        found.append(reference.word)
        if not _BETWEEN.fullmatch(text, end, match.start()):
            wholes += nested(together)
            together = []
        together.append(reference)
        end = match.end()
    return [*found, *wholes, *nested(together)]


def parts_of_articles(text: str) -> frozenset[str]:
    """Return the articles, clauses and points that `text` refers to, as `references` does."""
    return frozenset(word for word in references(text) if word.split()[0] in NESTED)


def leading_reference(line: str) -> Reference | None:
    """Return the part of a paper that a line opens, as "Điều 3. Giải thích từ ngữ" does."""
    match = _REFERENCE.match(line)
    return _reference(match) if match else None


def opens_article(line: str) -> bool:
    """Tell whether a line opens an article with its label: "Điều 3. …", "Article 3: …"."""
    return _OPENING.match(line) is not None


def nested(together: Iterable[Reference]) -> Iterator[str]:
    """Yield the words that name a part within its article: "article 13 clause 2".

    Args:
        together: References named together, in any order.
    """
    by_kind = {reference.kind: reference.word for reference in together}
    parts = [by_kind[kind] for kind in NESTED if kind in by_kind]
    for count in range(2, len(parts) + 1):
        yield " ".join(parts[:count])


def _reference(match: re.Match[str]) -> Reference | None:
    kind = next(name for name in _KINDS if match[name])
    number = _number(fold(match["number"]), is_lettered=kind in _LETTERED)
    return Reference(kind, number) if number else None


def _number(written: str, *, is_lettered: bool) -> str:
    """Return a number in figures, a letter as it is; empty where it is neither."""
    if written.startswith("thu "):
        ordinal = written.removeprefix("thu ")
        return str(_ORDINALS.index(ordinal) + 1) if ordinal in _ORDINALS else ""
    if written[0].isdigit():
        return written
    if is_lettered and len(written) == 1:
        return written
    return str(_from_roman(written)) if set(written) <= set(_ROMAN) else ""


def _from_roman(written: str) -> int:
    values = [_ROMAN[letter] for letter in written]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
