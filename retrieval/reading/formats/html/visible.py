"""What a reader of the page does not see leaves its tree.

Hidden are elements with the attribute, with a style that hides them or puts them off the screen,
those kept from screen readers, and what is no text: scripts, templates, fields of forms. An answer
folded away below its question is hidden too, until a reader clicks on the question. It stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.reading.formats.html.page import Element
from retrieval.reading.formats.html.styles import StyleSheet, declarations_of, hides

_NO_TEXT = frozenset(
    "script style template noscript svg canvas audio video iframe object embed map input select "
    "textarea datalist optgroup option progress meter rp rt del s strike noframes".split()
)
_HIDDEN_CLASSES = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only d-none hidden "
    "hide is-hidden".split()
)
_RESPONSIVE = re.compile(
    r"^(?:sm|md|lg|xl|xxl|2xl)[:-]|^d-(?:sm|md|lg|xl|xxl|print)-|-(?:sm|md|lg)$"
)
_PANEL = re.compile(
    r"accordion|collaps|faq|panel|toggle|tab(?:s|-|_|content|$)|answer|spoiler|expand"
)
_POPUP = re.compile(r"modal|popup|dialog|menu|dropdown|tooltip|cookie|consent|overlay|banner|nav")
_NAMED = re.compile(r"['\"]#?([\w-]+)['\"]")
_TOGGLES = ("data-toggle", "data-bs-toggle", "aria-expanded", "aria-controls")
_LONGEST_CONTROL = 40  # words of what one clicks on to fold text out


def drop_hidden(page: Element) -> None:
    """Take out of a page's tree what cannot be seen; what one can fold out stays."""
    sheet = StyleSheet(style.text or "" for style in page.iter("style"))
    controlled = set(_controlled(page))
    for element in list(page.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "head"):
            continue
        if element.tag in _NO_TEXT or _is_hidden(element, sheet, controlled):
            element.drop_tree()


def classes_of(element: Element) -> list[str]:
    """Return the classes of an element, in small letters."""
    return (element.get("class") or "").casefold().split()


def style_of(element: Element, sheet: StyleSheet) -> dict[str, str]:
    """Return the declarations for an element; inline ones come before those of the sheet."""
    declared = sheet.declarations(element.tag, element.get("id") or "", _raw_classes(element))
    return {**declared, **declarations_of(element.get("style") or "")}


def _raw_classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _is_hidden(element: Element, sheet: StyleSheet, controlled: set[str]) -> bool:
    if element.tag == "dialog" and element.get("open") is None:
        return True
    if element.tag == "button" and not _is_control(element):
        return True
    if element.get("aria-hidden") == "true" and not _holds_article(element):
        return not _is_panel(element, controlled)
    hidden = (
        element.get("hidden") or ""
    ).casefold() != "until-found" and "hidden" in element.attrib
    if hidden or _is_hidden_by_class(element) or hides(style_of(element, sheet)):
        return not _is_panel(element, controlled)
    return False


def _is_hidden_by_class(element: Element) -> bool:
    """Tell by the names that common style sheets have for hidden text; the sheet may be absent."""
    names = classes_of(element)
    return not _HIDDEN_CLASSES.isdisjoint(names) and not any(map(_RESPONSIVE.search, names))


def _holds_article(element: Element) -> bool:
    """Tell whether this is the page itself, put aside while a dialog was open."""
    return any(True for _ in element.iter("h1", "article", "main"))


def _controlled(page: Element) -> Iterator[str]:
    """Yield the ids of what folds out on a click."""
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        for name in ("aria-controls", "data-target", "data-bs-target"):
            yield from (word.lstrip("#") for word in (element.get(name) or "").split())
        yield from _NAMED.findall(element.get("onclick") or "")
        if element.tag == "a" and "#" in (element.get("href") or "") and _toggles(element):
            yield element.get("href").rpartition("#")[2]


def _toggles(element: Element) -> bool:
    return element.get("role") in ("button", "tab") or any(
        name in element.attrib for name in _TOGGLES
    )


def _is_panel(element: Element, controlled: set[str]) -> bool:
    """Tell whether a reader can fold the element out: it answers to a control."""
    names = " ".join([*classes_of(element), (element.get("id") or "").casefold()])
    if element.get("role") in ("dialog", "alertdialog", "menu") or _POPUP.search(names):
        return False
    if element.get("role") == "tabpanel" or element.get("id") in controlled:
        return True
    above = element.getprevious()
    if above is None:
        return False
    return _is_control(above) or (_is_short_head(above) and _PANEL.search(names) is not None)


def _is_control(element: Element) -> bool:
    """Tell whether a click on the element folds something out."""
    if len("".join(element.itertext()).split()) > _LONGEST_CONTROL:
        return False
    marks = [element, *element.iter("button", "a", "summary", "label")]
    if element.tag in ("summary", "label") or any(_toggles(mark) for mark in marks):
        return True
    if element.tag == "button":
        parent = element.getparent()
        after = element.getnext()
        in_heading = parent is not None and parent.tag in ("h2", "h3", "h4", "h5", "h6", "dt")
        return in_heading or (
            after is not None and _PANEL.search(" ".join(classes_of(after))) is not None
        )
    return element.get("onclick") is not None or any(True for _ in element.iter("button"))


def _is_short_head(element: Element) -> bool:
    return 0 < len("".join(element.itertext()).split()) <= _LONGEST_CONTROL
