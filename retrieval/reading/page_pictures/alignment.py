"""Quoted words -> the pieces of text on a page that they were read from.

Only letters and digits are compared, by what they look like: spaces, hyphens and marks differ
between a cleaned text and a page. The words are found as they stand, or in several runs: where a
line ends, they may go on at the start of any other line, in another column, behind a running head
or on the next page.

Nothing is guessed. The words before and after tell a sentence from its likes. Where two places are
equally good, or one has too few letters to be certain, there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.page_pictures import QuotedWords
from retrieval.reading.cleaning.characters import skeleton
from retrieval.reading.page_pictures.pieces import Piece

_CERTAIN = 12  # letters that stand in one place of a page by no accident
_SHORTEST = 4  # letters compared before a place is looked at closely
_MOST_RUNS = 60
_TRIED = 3  # starts of a quote, and ends of lines at which a run may end


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters and digits of some pages in the order of the file; n is their number.

    Attributes:
        text: The letters.
        piece_of: The index of each letter's piece, (n,).
        starts_word: Whether a word may begin before each letter, and behind the last, (n + 1,).
        starts_line: The same for lines.
    """

    text: str
    piece_of: list[int]
    starts_word: list[bool]
    starts_line: list[bool]

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> _Letters:
        skeletons = [skeleton(piece.text) for piece in pieces]
        piece_of = [i for i, letters in enumerate(skeletons) for _ in letters]
        starts_word, starts_line = [True], [True]
        for before, at in pairwise(piece_of):
            is_other = at != before
            between = pieces[before + 1 : at + 1]
            starts_word.append(is_other and (at - before > 1 or between[0].starts_word))
            starts_line.append(pieces[at].line != pieces[before].line)
        return cls("".join(skeletons), piece_of, [*starts_word, True], [*starts_line, True])

    def common(self, text: str, at: int) -> int:
        """Return how many letters of `text` stand from `at` on."""
        return _common(text, self.text[at : at + len(text)])

    def common_before(self, text: str, at: int) -> int:
        """Return how many letters of the end of `text` stand before `at`."""
        return _common(text[::-1], self.text[max(0, at - len(text)) : at][::-1])

    def places(self, text: str, starts: Sequence[bool]) -> Iterator[int]:
        """Yield where `text` begins, among the letters where something `starts`."""
        at = self.text.find(text)
        while at >= 0:
            if starts[at]:
                yield at
            at = self.text.find(text, at + 1)


def found(words: QuotedWords, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of the words in reading order; none where it is not certain which.

    Args:
        words: The quoted words.
        pieces: The text of their pages, page by page in the order of the file.
    """
    quote, after = skeleton(words.text), skeleton(words.after)
    letters = _Letters.of(pieces)
    starts = _starts(quote, after, skeleton(words.before), letters)
    runs = _runs_from(starts, _Search(quote, quote + after, letters))
    return [piece for run in _with_punctuation(runs, words.text, pieces) for piece in run]


def _starts(quote: str, after: str, before: str, letters: _Letters) -> list[list[int]]:
    """Return where the quote may begin, the places with most letters of it and around it first.

    Places that are equally good stand together.
    """
    if not quote:
        return []
    whole = quote + after
    in_common = {
        at: letters.common(whole, at) + letters.common_before(before, at)
        for at in letters.places(quote[:_SHORTEST], letters.starts_word)
    }
    certain = min(_CERTAIN, len(before) + len(whole))
    counts = sorted({count for count in in_common.values() if count >= certain}, reverse=True)
    return [[at for at in in_common if in_common[at] == count] for count in counts[:_TRIED]]


def _runs_from(starts: list[list[int]], search: _Search) -> list[range]:
    """Return the runs of pieces from the first start that leads to the quote's end."""
    for alike in starts:
        whole = [runs for at in alike if (runs := search.runs_from(at))]
        if whole:
            return whole[0] if len(whole) == 1 else []
    return []


def _best(places: dict[int, int], available: int) -> int | None:
    """Return the place with most letters in common, None unless it is certain."""
    ranked = sorted(places, key=lambda at: places[at], reverse=True)
    if not ranked or places[ranked[0]] < min(_CERTAIN, available):
        return None
    is_tie = len(ranked) > 1 and places[ranked[0]] == places[ranked[1]]
    return None if is_tie else ranked[0]


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks for a quote run by run; `whole` is the quote with the letters after it."""

    quote: str
    whole: str
    letters: _Letters

    def runs_from(self, start: int) -> list[range]:
        """Return the runs of pieces of the quote that begins at `start`, none where it breaks."""
        runs = self._runs(0, start, [])
        piece_of = self.letters.piece_of
        return [range(piece_of[run[0]], piece_of[run[-1]] + 1) for run in runs or []]

    def _runs(self, done: int, at: int, before: list[range]) -> list[range] | None:
        """Return `before` and the runs of what is not `done`, the first one from `at` on."""
        common, left = self.letters.common(self.whole[done:], at), len(self.quote) - done
        if common >= left:
            is_end = self.letters.starts_word[at + left]
            return [*before, range(at, at + left)] if is_end else None
        if len(before) == _MOST_RUNS:
            return None
        for end in self._line_ends(at, at + common):
            runs = [*before, range(at, end)]
            following = self._next(done + end - at, runs)
            if following is not None and (whole := self._runs(done + end - at, following, runs)):
                return whole
        return None

    def _line_ends(self, start: int, end: int) -> list[int]:
        ends = [at for at in range(end, start, -1) if self.letters.starts_line[at]]
        return ends[:_TRIED]

    def _next(self, done: int, runs: list[range]) -> int | None:
        """Return at which line the quote goes on."""
        rest = self.whole[done:]
        places = {}
        for at in self.letters.places(rest[:_SHORTEST], self.letters.starts_line):
            length = self._length(rest, at, len(self.quote) - done)
            if not any(at < run.stop and run.start < at + length for run in runs):
                places[at] = length
        return _best(places, len(rest))

    def _length(self, rest: str, at: int, left: int) -> int:
        """Return how many letters of the rest stand in whole lines from `at` on."""
        common = self.letters.common(rest, at)
        if common >= left:
            return common
        return next(iter(self._line_ends(at, at + common)), at) - at


def _with_punctuation(
    runs: list[range], text: str, pieces: Sequence[Piece]
) -> Iterator[list[Piece]]:
    """Yield the pieces of each run, with the punctuation at its ends that belongs to the quote.

    That is what the quote begins and ends with, and all at the end of a line that it goes beyond.
    """
    opening = _count_before(text)
    closing = _count_before(text[::-1])
    for i, run in enumerate(runs):
        first = _reach(pieces, run[0], -1, opening if i == 0 else len(pieces))
        last = _reach(pieces, run[-1], 1, closing if i == len(runs) - 1 else len(pieces))
        yield list(pieces[first : last + 1])


def _count_before(text: str) -> int:
    """Return how many signs, spaces apart, stand before the first letter or digit."""
    signs = 0
    for char in text:
        if skeleton(char):
            break
        signs += not char.isspace()
    return signs


def _reach(pieces: Sequence[Piece], at: int, step: int, signs: int) -> int:
    """Return the piece that is up to so many signs beyond `at` in its line."""
    while signs and 0 <= at + step < len(pieces):
        other = pieces[at + step]
        if other.line != pieces[at].line or skeleton(other.text):
            break
        at += step
        signs -= 1
    return at


def _common(one: str, other: str) -> int:
    """Return how many letters two texts have in common from their start."""
    if one == other:
        return len(one)
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
