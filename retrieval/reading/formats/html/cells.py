"""The text of a table's cell in one line; what stands below each other is told apart."""

from __future__ import annotations

from collections.abc import Iterable

from retrieval.reading.cleaning.lines import is_ended, starts_lower
from retrieval.reading.formats.html.block import Block


def in_one_line(blocks: Iterable[Block], *, is_head: bool) -> str:
    """Return the text of a cell: semicolons part its entries, spaces the lines of a head."""
    pieces: list[str] = []
    for block in blocks:
        for i, line in enumerate(block.text.split("\n")):
            if pieces and line:
                entries = not i or _are_alike(pieces[-1], line)
                runs_on = is_head or is_ended(pieces[-1]) or starts_lower(line)
                runs_on = runs_on or pieces[-1].endswith((",", ";", ":"))
                pieces.append("; " if entries and not runs_on else " ")
            pieces.append(line)
    return "".join(pieces)


def _are_alike(line: str, other: str) -> bool:
    """Tell whether two lines are entries of one list: both have a colon, or both a digit."""
    return (":" in line and ":" in other) or (_has_digit(line) and _has_digit(other))


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
