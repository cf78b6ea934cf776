"""Words -> lines: what stands side by side without a wide gap, in any order of the file.

Most files draw a line's words one after the other, so lines are made in that order first. Then
those are joined that only the file keeps apart, as a letter that is drawn last because no other
has its font. Letter-spaced words ("T H Ô N G  B Á O") are closed up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from retrieval.reading.cleaning.lines import is_structural
from retrieval.reading.formats.pdf.page import Line, Word, around

_WIDEST = 1.2  # of the font's size: a gap between two words of a line
_WIDEST_LETTERS = 2.5  # the same between letter-spaced words
_NEAR = 0.5  # the same between words that the file keeps apart
_OVERLAP = 0.4  # of the font's size that the next word may reach back
_COVERED = 0.6  # of the narrower word's width: it stands over another one
_PART_WORDS = 2  # of the number of a part
_WIDEST_MARK = 4.0  # the same after the mark of a list's item
_SPACE = 0.15  # of the font's size: a gap that is a space
_SAME_ROW = 0.35  # of the height: how far the middles of one row are apart
_FEWEST_LETTERS = 4  # that stand alone in a letter-spaced heading
_MOST_ALONE = 0.75  # of its words are one letter
_WIDER = 1.5  # times the gap between letters: the gap between words
_MARK = re.compile(
    r"[-–—•▪■●○◦‣➢✓❖*+→]|\(?\d{1,3}[.)]|\d{1,3}(?:\.\d{1,3})+\.?|\(?[A-Za-zĐđ][.)]|[IVXLC]{1,6}[.)]"
)


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Return the lines that the words of one direction make."""
    return [line_of(run) for run in _merged(list(_runs(words)))]


def line_of(words: Sequence[Word]) -> Line:
    """Return a line of these words, which are ordered from left to right."""
    words = _closed_up(words)
    text = "".join([f" {word.text}" if word.after_space else word.text for word in words])
    box = around([word.box for word in words])
    sizes = {word.size for word in words}
    size = max(words, key=lambda word: len(word.text)).size if len(sizes) > 1 else words[0].size
    return Line(tuple(words), text.strip(), box, size, all([word.is_bold for word in words]))


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield runs of words that follow each other in the file and in a line."""
    run: list[Word] = []
    for word in words:
        if run and _follows(run, word):
            run.append(word)
        else:
            if run:
                yield run
            run = [word]
    if run:
        yield run


def _follows(run: list[Word], word: Word) -> bool:
    last, box = run[-1], word.box
    em = word.size if word.size > last.size else last.size
    gap = box.x0 - last.box.x1
    if not -_OVERLAP * em <= gap <= _WIDEST_MARK * em or not last.box.is_beside(box):
        return False
    if gap <= _WIDEST * em:
        return True
    if gap <= _WIDEST_LETTERS * em and _is_letter(word) and _is_spaced_out(run):
        return True
    return (len(run) == 1 and numbers_item(last, word)) or _numbers_part(run)


def numbers_item(word: Word, following: Word) -> bool:
    """Tell whether the word marks an item of a list or, in bold, numbers a heading."""
    if word.text.isdigit():
        return (
            len(word.text) <= 2 and word.is_bold and following.is_bold and not _is_number(following)
        )
    return _MARK.fullmatch(word.text) is not None and not _is_number(following)


def _numbers_part(run: list[Word]) -> bool:
    """Tell whether the words number a part of a law, such as "Điều 3." and "Chapter II"."""
    return len(run) == _PART_WORDS and is_structural(f"{run[0].text} {run[1].text}")


def _is_number(word: Word) -> bool:
    return word.text[0].isdigit()


def _is_letter(word: Word) -> bool:
    return len(word.text) == 1 and word.text.isalpha()


def _is_spaced_out(run: list[Word]) -> bool:
    return len(run) >= 2 and all(map(_is_letter, run[-2:]))


def _merged(runs: list[list[Word]]) -> Iterator[list[Word]]:
    """Yield the runs, those joined that touch side by side; the order of the file is kept."""
    owner = list(range(len(runs)))
    for row in _rows(runs):
        for left, right in pairwise(row):
            into = owner[left]
            if _touch(runs[into], runs[right]):
                runs[into] = _woven(runs[into], runs[right])
                owner[right] = into
    return (run for i, run in enumerate(runs) if owner[i] == i)


def _rows(runs: list[list[Word]]) -> Iterator[list[int]]:
    """Yield the indices of the runs at one height, from left to right."""
    middles = [run[0].box.middle for run in runs]
    row: list[int] = []
    for i in sorted(range(len(runs)), key=middles.__getitem__):
        if row and middles[i] - middles[row[0]] > _SAME_ROW * runs[i][0].box.height:
            yield sorted(row, key=lambda i: runs[i][0].box.x0)
            row = []
        row.append(i)
    yield sorted(row, key=lambda i: runs[i][0].box.x0)


def _touch(left: list[Word], right: list[Word]) -> bool:
    """Tell whether the words of both make one line; one over the other makes two."""
    last, first = left[-1], right[0]
    gap = first.box.x0 - last.box.x1
    if gap > _NEAR * max(first.size, last.size) or not last.box.is_beside(first.box):
        return False
    return gap >= 0 or not any(_covers(one, other) for one in left for other in right)


def _covers(one: Word, other: Word) -> bool:
    """Tell whether the words are drawn over each other, and are not one word drawn twice."""
    shared = min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0)
    narrower = min(one.box.width, other.box.width)
    return one.text != other.text and shared > max(_COVERED * narrower, _SPACE * one.size)


def _woven(left: list[Word], right: list[Word]) -> list[Word]:
    """Return the words of both from left to right; one drawn twice, as a shadow is, stays once."""
    words: list[Word] = []
    for word in sorted((*left, *right), key=lambda word: word.box.x0):
        gap = word.box.x0 - words[-1].box.x1 if words else 0.0
        if words and word.text == words[-1].text and -gap > word.box.width / 2:
            continue
        words.append(word._replace(after_space=gap > _SPACE * word.size))
    return words


def _closed_up(words: Sequence[Word]) -> Sequence[Word]:
    """Join the letters of letter-spaced words."""
    if len(words) < _FEWEST_LETTERS or not (_is_letter(words[0]) or _is_letter(words[-1])):
        return words
    if sum(map(_is_letter, words)) < _MOST_ALONE * len(words) or _is_alphabet(words):
        return words
    limit = _limit([right.box.x0 - left.box.x1 for left, right in pairwise(words)])
    joined = list(words[:1])
    for left, right in pairwise(words):
        joined.append(right._replace(after_space=right.box.x0 - left.box.x1 > limit))
    return joined


def _is_alphabet(words: Sequence[Word]) -> bool:
    """Tell whether the letters follow each other in the alphabet, as the names of choices do."""
    codes = [ord(word.text[0]) for word in words]
    return all(right - left == 1 for left, right in pairwise(codes))


def _limit(gaps: list[float]) -> float:
    """Return what parts the gaps within words from those between words."""
    ordered = sorted(gap for gap in gaps if gap > 0) or [0.0]
    steps = [(wide / narrow, (wide + narrow) / 2) for narrow, wide in pairwise(ordered)]
    ratio, middle = max(steps, default=(1.0, 0.0))
    return middle if ratio >= _WIDER else ordered[-1]
