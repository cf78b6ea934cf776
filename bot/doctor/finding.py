"""A finding: one line of the doctor's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """How a finding stands: good, worth knowing, or a reason why the bot would not run."""

    GOOD = "✓"
    NOTE = "!"
    BAD = "✗"


_COLOURS = {State.GOOD: "\033[32m", State.NOTE: "\033[33m", State.BAD: "\033[31m"}
_PLAIN = "\033[0m"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one thing; `advice` says what to do, empty where nothing is."""

    about: str
    state: State
    said: str
    advice: str = ""

    @classmethod
    def good(cls, about: str, said: str) -> Finding:
        """Return that all is well."""
        return cls(about, State.GOOD, said)

    @classmethod
    def note(cls, about: str, said: str, advice: str = "") -> Finding:
        """Return what is worth knowing and keeps nothing from running."""
        return cls(about, State.NOTE, said, advice)

    @classmethod
    def bad(cls, about: str, said: str, advice: str = "") -> Finding:
        """Return why the bot would not run, or not answer."""
        return cls(about, State.BAD, said, advice)


def page(findings: Iterable[Finding], *, in_colour: bool) -> str:
    """Return the findings for people, a line each, the advice below it."""
    found = list(findings)
    width = max(len(each.about) for each in found)
    lines: list[str] = []
    for each in found:
        sign = each.state.value
        shown = f"{_COLOURS[each.state]}{sign}{_PLAIN}" if in_colour else sign
        lines.append(f"{shown} {each.about:<{width}}  {each.said}")
        lines += [f"  {'':<{width}}  → {each.advice}"] if each.advice else []
    return "\n".join(lines)


def would_run(findings: Iterable[Finding]) -> bool:
    """Tell whether nothing found keeps the bot from running."""
    return all(each.state is not State.BAD for each in findings)
