"""The context of a passage: what stands above its words and helps to find it.

The title, the headings above the passage and, within an article, the number of each clause are
searched with the passage's words. They are never quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.documents import Document, Passage
from retrieval.language.numbers import terms
from retrieval.language.references import (
    NESTED,
    Reference,
    leading_reference,
    nested,
    references,
)
from retrieval.language.words import tokens

_LONGEST_TITLE = 30  # words
_LONGEST_HEADING = 20
_MOST_HEADINGS = 3  # the nearest ones
_FIRST = 5  # sentences of a passage, among which its title may stand
_BREAK = "\n\n"
_FARTHEST = 20_000  # characters above a passage in which the number of its clause is looked for
_CLAUSE = re.compile(r"(?P<clause>\d{1,3})[.)]\s|\(?(?P<point>[a-zđ])\)\s")


@dataclass(frozen=True, slots=True)
class SearchedText:
    """The text by which a passage is found: its context, then its own words.

    `text` from the offset `own` on are the passage's words. Tokens that end up to the offset
    `uncompared` only lend their meaning to the others and are not compared with a question's.
    """

    text: str
    own: int
    uncompared: int


def searched_text(passage: Passage) -> SearchedText:
    """Return the text by which a passage is found.

    Only the first passage of a document keeps the tokens of a title that its text lacks. In all
    passages they would make all of them equally near to a question with words of the title.
    """
    title, headings = _title_above(passage), _headings_above(passage)
    context = ". ".join(part for part in (title, headings) if part)
    head = context + _BREAK if context else ""
    return SearchedText(head + passage.text, len(head), len(title) if passage.span.start else 0)


def _title_above(passage: Passage) -> str:
    """Return the title if it is not among the first sentences of the passage."""
    text, title = passage.document.text, passage.document.title
    is_there = any(tokens(span.of(text)) == tokens(title) for span in passage.sentences[:_FIRST])
    return "" if is_there else _shortened(title, _LONGEST_TITLE)


def _headings_above(passage: Passage) -> str:
    """Return the nearest headings above the passage, those within it left out."""
    text, start = passage.document.text, passage.span.start
    above = [one.span.of(text) for one in passage.path if one.span.start < start]
    return ". ".join(_shortened(one, _LONGEST_HEADING) for one in above[-_MOST_HEADINGS:])


def searched_words(passage: Passage) -> list[str]:
    """Return the words by which a passage is found: those of its text and its context."""
    text = searched_text(passage).text
    addresses = {word for words in addresses_of(passage) for word in words}
    own = references(text)
    return [*terms(text), *own, *sorted(addresses - set(own))]


def addresses_of(passage: Passage) -> list[tuple[str, ...]]:
    """Return what each sentence of a passage can be asked for by: its article, clause and point.

    They are words as `references` gives them; a sentence outside of an article has none.
    """
    text = passage.document.text
    place = _Place.above(passage.document, passage.span.start)
    addresses: list[tuple[str, ...]] = []
    for sentence in passage.sentences:
        if sentence.start == 0 or text[sentence.start - 1] == "\n":
            place.enter(sentence.of(text))
        addresses.append(tuple(place.words()))
    return addresses


class _Place:
    """The article, clause and point that the lines read so far have come to."""

    def __init__(self) -> None:
        self._parts: dict[str, Reference] = {}

    @classmethod
    def above(cls, document: Document, offset: int) -> _Place:
        """Return the place that the lines above an offset have come to."""
        place = cls()
        lines = document.text[max(0, offset - _FARTHEST) : offset].split("\n")
        for line in lines[_last_article(lines) :]:
            place.enter(line)
        return place

    def enter(self, line: str) -> None:
        """Take up a line: it may open an article, or a clause or point of the present one."""
        opened = leading_reference(line) or self._numbered(line)
        if opened is None:
            return
        depth = NESTED.index(opened.kind) if opened.kind in NESTED else 0
        self._parts = {kind: self._parts[kind] for kind in NESTED[:depth] if kind in self._parts}
        self._parts[opened.kind] = opened

    def _numbered(self, line: str) -> Reference | None:
        """Return the clause or point that a line of an article opens by its number or letter."""
        found = _CLAUSE.match(line) if "article" in self._parts else None
        if found is None:
            return None
        kind = "clause" if found["clause"] else "point"
        return Reference(kind, found[kind])

    def words(self) -> Iterator[str]:
        yield from (part.word for part in self._parts.values())
        yield from nested(self._parts.values())


def _last_article(lines: list[str]) -> int:
    """Return where the last article begins, or the number of lines where none does."""
    for i in reversed(range(len(lines))):
        opened = leading_reference(lines[i])
        if opened and opened.kind == NESTED[0]:
            return i
    return len(lines)


def _shortened(line: str, words: int) -> str:
    return " ".join(line.split()[:words]).rstrip(" .:")
