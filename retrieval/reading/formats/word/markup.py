"""Names of WordprocessingML (ECMA-376, part 1) and the look-ups that all of its readers share."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.reading.formats.archive import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

PARAGRAPH, TABLE, ROW, CELL, RUN = W + "p", W + "tbl", W + "tr", W + "tc", W + "r"
TEXT_BOX = W + "txbxContent"
ALTERNATIVES = _MC + "AlternateContent"

# They say where their content comes from and show nothing themselves.
_WRAPPERS = frozenset(
    W + name
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")
)
_OFF = frozenset(("0", "false", "off"))
_LARGEST = 32_767  # a number in Word's markup; what is larger would only fill the memory


def content_of(element: Element) -> Iterator[Element]:
    """Yield the blocks, rows or cells in an element, those in content controls among them."""
    waiting = [iter(element)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in _WRAPPERS:
            waiting.append(iter(child))
        elif child.tag == ALTERNATIVES:
            waiting.append(iter(shown_alternative(child)))
        else:
            yield child


def shown_alternative(alternatives: Element) -> Element:
    """Return the one version that shows text: the drawing, or the fallback for older programs."""
    for version in alternatives:
        if next(version.iter(W + "t", M + "t"), None) is not None:
            return version
    return ()


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first child with this name, its child with the next name, and so on."""
    for name in names:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def value(element: Element | None, *names: str) -> str | None:
    """Return the attribute `val` of the child that `child` finds."""
    found = child(element, *names)
    return None if found is None else found.get(W + "val")


def number(element: Element | None, *names: str) -> int | None:
    """Return the attribute `val` as a number, or None where it is none."""
    found = value(element, *names) or ""
    return min(int(found), _LARGEST) if found.isascii() and found.isdigit() else None


def is_on(element: Element | None, *names: str) -> bool | None:
    """Return whether a switch such as `w:vanish` is on; None where it is not set."""
    found = child(element, *names)
    return None if found is None else found.get(W + "val", "1") not in _OFF
