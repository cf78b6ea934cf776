"""The state of a group of rich text, which its words change and its end gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

_MOST_SKIPPED = 10  # signs behind a letter of Unicode, for programs that know none


class Target(Enum):
    """What the text of a group belongs to."""

    TEXT = "text"
    NOWHERE = "nothing that is shown"
    FONTS = "the names of fonts"
    STYLES = "the names of styles"
    INFO = "what the file says of itself"
    TITLE = "its title"
    LABEL = "the number or bullet before a paragraph"


@dataclass(frozen=True, slots=True)
class State:
    """What holds in a group.

    `skipped` is how many signs stand behind a letter of Unicode in its place, `level` the outline
    level that the paragraph sets, from 0; None where its style tells it.
    """

    target: Target = Target.TEXT
    font: int = 0
    is_hidden: bool = False
    is_deleted: bool = False
    skipped: int = 1
    in_table: bool = False
    style: int = 0
    level: int | None = None

    def changed_by(self, word: str, number: int | None, default_font: int) -> State:
        """Return the state after a control word that says how text or a paragraph looks."""
        if word == "plain":
            return replace(self, font=default_font, is_hidden=False, is_deleted=False)
        change = _CHANGES.get(word)
        return self if change is None else change(self, number)


_CHANGES: Mapping[str, Callable[[State, int | None], State]] = {
    "f": lambda state, number: replace(state, font=number or 0),
    "v": lambda state, number: replace(state, is_hidden=number != 0),
    "deleted": lambda state, number: replace(state, is_deleted=number != 0),
    "uc": lambda state, number: replace(state, skipped=max(0, min(number or 0, _MOST_SKIPPED))),
    "pard": lambda state, _: replace(state, in_table=False, style=0, level=None),
    "intbl": lambda state, _: replace(state, in_table=True),
    "s": lambda state, number: replace(state, style=number or 0),
    "outlinelevel": lambda state, number: replace(state, level=number),
}
