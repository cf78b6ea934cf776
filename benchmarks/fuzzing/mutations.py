"""Real updates with random damage: fields are removed, emptied, changed, repeated or added.

A value keeps its JSON type: a text is replaced by a text and a number by a number. Any other
promise of the Bot API may be broken, for example that a message has a chat. A text field whose name
ends in "id" still gets a number in digits, because the bot sends such ids back as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from benchmarks.fuzzing import values

Json = dict[str, Any]
Place = tuple[Any, Any]  # an object or a list, and the key of something in it

MOST = 3  # the most changes in one update
CHANGES = ("value",) * 5 + ("lost", "null", "twice", "more")
BY_KIND: dict[type, SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: values.numbers | values.people | values.groups | values.offsets,
    float: st.floats(-180, 180),
    str: values.words | values.pressed,
    list: st.builds(list),
    dict: st.builds(dict),
}


def mutated(updates: Sequence[Json]) -> SearchStrategy[Json]:
    """Return a strategy that draws one of the updates and makes one to three changes in it."""
    return _mutated(st.sampled_from(updates), updates)


@st.composite
def _mutated(draw: DrawFn, updates: SearchStrategy[Json], others: Sequence[Json]) -> Json:
    update = deepcopy(draw(updates))
    for _ in range(draw(st.integers(1, MOST))):
        content, *inside = _places(update)
        _change(draw, draw(st.sampled_from(inside or [content])), others)
    return update


def _change(draw: DrawFn, place: Place, others: Sequence[Json]) -> None:
    """Make one change at a place. More than half of the changes replace the value."""
    inside, key = place
    old = inside[key]
    change = draw(st.sampled_from(CHANGES))
    if change == "lost":
        del inside[key]
    elif change == "null":
        inside[key] = None
    elif change == "twice" and isinstance(old, list):
        inside[key] = old * 50
    elif change == "more" and isinstance(old, dict):
        old["field_of_tomorrow"] = deepcopy(draw(st.sampled_from((None, [None], "x", *others))))
    elif old is not None:
        is_id = isinstance(old, str) and str(key).endswith("id")
        inside[key] = draw(values.ids if is_id else BY_KIND[type(old)])


def _places(inside: Any) -> Iterator[Place]:  # noqa: ANN401 - JSON of any shape
    """Yield every place in an object or a list, in order and at every depth."""
    items = inside.items() if isinstance(inside, dict) else enumerate(inside)
    for key, value in list(items):
        yield inside, key
        if isinstance(value, dict | list):
            yield from _places(value)
