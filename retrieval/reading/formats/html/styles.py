"""CSS as far as it hides text: the declarations of an element, inline or from a style sheet.

Of a style sheet only rules for a tag, a class, an id or several of these at once are known, and
none within @media. That is enough for what pages and mails hide on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*|(?=[.#]))(?:[.#][\w-]+)*", re.IGNORECASE)
_PART = re.compile(r"[.#]?[\w-]+")
_FAR = re.compile(r"-\s*(?:\d{4,}(?:\.\d+)?(?:px|pt)?|\d{3,}(?:\.\d+)?(?:em|rem|vw|vh|%))")
_NOTHING = re.compile(r"0+(?:px|pt|em|rem|%)?|1px")
_ZERO = re.compile(r"0+(?:\.0+)?(?:px|pt|em|rem|%)?")
_CLIPPED = re.compile(
    r"rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
)
_INSET = re.compile(r"inset\(\s*(?:50|100)%")
_SIDES = ("left", "right", "top", "bottom", "margin-left", "margin-top")
_MOVING = ("transform", "transition", "animation", "will-change")


class StyleSheet:
    """The rules of a page's style sheets that concern whether an element is seen."""

    def __init__(self, sheets: Iterable[str]) -> None:
        """Read the sheets, in the order in which they stand in the page."""
        self._rules: dict[str, dict[frozenset[str], dict[str, str]]] = {}
        for sheet in sheets:
            plain = _AT_RULE.sub(" ", _COMMENT.sub(" ", sheet))
            for selectors, body in _RULE.findall(plain):
                self._add(selectors, declarations_of(body))

    def declarations(self, tag: str, element_id: str, classes: Iterable[str]) -> dict[str, str]:
        """Return what the sheets declare for an element, later rules over earlier ones."""
        parts = {tag, f"#{element_id}", *(f".{name}" for name in classes)}
        found: dict[str, str] = {}
        for part in sorted(parts):  # tags are weaker than classes and ids
            for needed, declared in self._rules.get(part, {}).items():
                if needed <= parts:
                    found = {**declared, **found} if part == tag else {**found, **declared}
        return found

    def _add(self, selectors: str, declared: dict[str, str]) -> None:
        for selector in selectors.split(","):
            name = selector.strip()
            if name and _SIMPLE.fullmatch(name):
                parts = frozenset(_PART.findall(name))
                rules = self._rules.setdefault(max(parts, key=_weight), {})
                rules[parts] = {**rules.get(parts, {}), **declared}


def declarations_of(style: str) -> dict[str, str]:
    """Return the declarations of a style attribute or of a rule's body, in small letters."""
    pairs = (line.partition(":") for line in style.casefold().split(";"))
    return {
        name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if value
    }


def hides(style: Mapping[str, str]) -> bool:
    """Tell whether an element with these declarations cannot be seen."""
    return bool(style) and (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("mso-hide") == "all"  # Word's hidden text, saved as a web page
        or _ZERO.fullmatch(style.get("font-size", "")) is not None
        or _is_transparent(style)
        or _is_off_screen(style)
        or _is_clipped(style)
    )


def _weight(part: str) -> tuple[int, str]:
    return ({"#": 2, ".": 1}.get(part[0], 0), part)


def _is_transparent(style: Mapping[str, str]) -> bool:
    if style.get("color") == "transparent":
        return True
    background = style.get("background-color") or style.get("background")
    if background not in (None, "inherit") and style.get("color") == background:
        return True
    moving = any(name in style for name in _MOVING)  # shown later by a script, as one scrolls
    return _ZERO.fullmatch(style.get("opacity", "")) is not None and not moving


def _is_off_screen(style: Mapping[str, str]) -> bool:
    if _FAR.match(style.get("text-indent", "")):
        return True
    placed = style.get("position") in ("absolute", "fixed")
    return placed and any(_FAR.match(style.get(side, "")) for side in _SIDES)


def _is_clipped(style: Mapping[str, str]) -> bool:
    if _CLIPPED.match(style.get("clip", "")) or _INSET.match(style.get("clip-path", "")):
        return True
    if style.get("transform", "").replace(" ", "") in ("scale(0)", "scale(0,0)"):
        return True
    sizes = [style[name] for name in ("width", "height", "max-height") if name in style]
    hidden = "hidden" in (style.get("overflow"), style.get("overflow-y"))
    return hidden and any(_NOTHING.fullmatch(size) for size in sizes)
