"""Lines of one block -> paragraphs: a line goes on in the next only where a wrap is likely.

The next line begins with a small letter, or the next word would not have fitted and the block
reads as prose: in one of its lines a sentence ends, or one begins within a sentence. Values with
commas, lists of names and verses are lines of equal kind and stay lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from retrieval.reading.cleaning.lines import (
    is_credit,
    is_ended,
    is_item,
    is_row,
    is_structural,
    stands_alone,
    starts_lower,
)
from retrieval.reading.draft import Paragraph, ParagraphKind

_NARROWEST, _WIDEST = 24, 140  # in characters: how wide a hard-wrapped text may be
_NEARLY = 0.85  # this share of the width, for printed letters are not equally wide
_WIDE = 50  # verses are narrower
_FEWEST_LINES = 3  # without a common separator, two lines are no list
CUT_WORDS = 8  # a shorter line without a stop is not the start of a cut sentence
_LONGEST = 20_000  # characters; a longer paragraph without a stop is no prose

# "Địa điểm: tầng ba", "Bà Hạ Thị Suối - Phó Giám đốc": what begins lines of equal kind.
_OPENINGS = (
    re.compile(r"[^\W\d_][^:.!?;]{0,40}: "),
    re.compile(r"[^\W\d_][^.!?;,–—]{1,40}? [-–—] "),
)
_ANSWER = re.compile(r"[^\W\d_][\w ]{0,15}: ")  # "Đáp: …" begins a line of its own
_QUOTED = re.compile(r'"[^"]*"')
_VALUE_COMMA = re.compile(r",(?! )")  # in prose a space follows
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_STOP_WITHIN = re.compile(r"(?:\b[^\W\d_A-Z]{2,}|[^\W\d_]{4,})[.!?…]+[\"”’)]* [\"“‘(]?[^\W\d_a-z]")


def unwrapped(lines: list[str]) -> list[Paragraph]:
    """Join the lines that a hard wrap had cut, and mark lines of equal kind as such."""
    whole: list[Paragraph] = []
    for run in _runs(lines):
        whole += _listed(run) if _are_equal(run) else _joined_where_wrapped(run)
    return whole


def joined(first: str, rest: str) -> str:
    """Return two parts of a sentence with a space between, or without after a word's hyphen."""
    hyphenated = first.endswith("-") and first[-2:-1].isalpha() and starts_lower(rest)
    return first + ("" if hyphenated else " ") + rest


def is_cut(line: str) -> bool:
    """Tell whether the line can only be the start of a sentence that goes on."""
    if is_ended(line) or line.endswith(":") or len(line) > _LONGEST:
        return False
    return line.endswith(",") or len(line.split(maxsplit=CUT_WORDS)) >= CUT_WORDS


def _runs(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines, those that begin in the same way apart from the others."""
    rest: list[str] = []
    i = 0
    while i < len(lines):
        alike = max((_alike(lines[i:], each) for each in _OPENINGS), key=len)
        if len(alike) > 1:
            if rest:
                yield rest
            yield alike
            rest, i = [], i + len(alike)
        else:
            rest.append(lines[i])
            i += 1
    if rest:
        yield rest


def _alike(lines: list[str], opening: re.Pattern[str]) -> list[str]:
    """Return the first lines as far as they begin with `opening` and are no sentences."""
    return list(takewhile(lambda line: _is_short(line) and opening.match(line), lines))


def _is_short(line: str) -> bool:
    return not (is_ended(line) or is_item(line) or is_credit(line) or starts_lower(line))


def _are_equal(lines: list[str]) -> bool:
    """Tell whether the lines are of equal kind: values, a list of names, verses."""
    if len(lines) < 2 or any(is_ended(line) for line in lines[:-1]):
        return False
    if any(is_item(line) or is_credit(line) for line in lines):
        return False
    if _are_values(lines) or any(len(_alike(lines, each)) == len(lines) for each in _OPENINGS):
        return True
    if len(lines) < _FEWEST_LINES or any(is_structural(line) or line.isupper() for line in lines):
        return False
    is_narrow = all(starts_lower(line) for line in lines) and max(map(len, lines)) <= _NARROWEST
    return is_narrow or not _reads_as_prose(lines)


def _are_values(lines: list[str]) -> bool:
    """Tell whether the lines are comma-separated values: as many commas in each, without spaces."""
    bare = [_DECIMAL.sub("", _QUOTED.sub("", line)) for line in lines]
    counts = {line.count(",") for line in bare}
    tight = {len(_VALUE_COMMA.findall(line)) for line in bare}
    return counts == tight and len(counts) == 1 and 0 not in counts


def _reads_as_prose(lines: list[str]) -> bool:
    pairs = list(pairwise(lines))
    if any(starts_lower(second) and not is_ended(first) for first, second in pairs):
        return True
    if any(_STOP_WITHIN.search(line) for line in lines):
        return True
    width = max(map(len, lines))
    return (  # one long sentence, each line full
        width >= _WIDE
        and is_ended(lines[-1])
        and len(lines[-1]) < width
        and not any(is_ended(first) for first, _ in pairs)
        and all(_is_full(first, second, width) for first, second in pairs)
    )


def _listed(lines: list[str]) -> list[Paragraph]:
    """Return a paragraph a line; a line that must be the rest of the one before is joined to it."""
    whole = lines[:1]
    for line in lines[1:]:
        if starts_lower(line) and is_cut(whole[-1]):
            whole[-1] = joined(whole[-1], line)
        else:
            whole.append(line)
    return [Paragraph(text, ParagraphKind.LINE) for text in whole]


def _joined_where_wrapped(lines: list[str]) -> list[Paragraph]:
    width, is_prose = max(map(len, lines)), _reads_as_prose(lines)
    has_cut = any(not is_ended(line) for line in lines[:-1])
    whole = lines[:1]
    for line, following in pairwise(lines):
        may_be_full = is_prose and (has_cut or not is_ended(line))
        if _is_wrapped(line, following, width if may_be_full else 0):
            whole[-1] = joined(whole[-1], following)
        else:
            whole.append(following)
    return [Paragraph(text) for text in whole]


def _is_wrapped(line: str, following: str, width: int) -> bool:
    """Tell whether a line goes on in the next; `width` is the text's, 0 where it tells nothing."""
    if stands_alone(line) or stands_alone(following) or is_item(following):
        return False
    if is_row(line) or is_row(following):
        return False
    if is_credit(following) or (starts_lower(following) and not is_ended(line)):
        return True
    if line.isupper() != following.isupper() or line == following:
        return False
    if is_structural(line) and not following[0].isdigit():
        return False
    if is_ended(line) and (_ANSWER.match(following) or following.endswith(":")):
        return False
    return _NARROWEST <= width <= _WIDEST and _is_full(line, following, width)


def _is_full(line: str, following: str, width: int) -> bool:
    """Tell whether the next line's first word would hardly have fitted into this line."""
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > _NEARLY * width
