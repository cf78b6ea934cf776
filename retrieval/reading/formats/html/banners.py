"""Consent banners: a few words about cookies with a button, in a box of their own.

A page about cookies stays: only a short box goes that is named, or placed, as a banner.
"""

from __future__ import annotations

import re

from retrieval.reading.formats.html.page import Element
from retrieval.reading.formats.html.styles import declarations_of

_NAME = re.compile(
    r"(?:cookie|gdpr|consent|ccpa)[\w-]*(?:banner|bar|notice|consent|popup|modal|overlay|dialog|law"
    r"|box|alert|wall|message|container|manager|prompt|policy)"
    r"|(?:banner|notice|popup|modal|accept|bar)[\w-]*(?:cookie|gdpr|consent)"
    r"|onetrust|cookiebot|cc-window|cky-consent|osano|truste|didomi|qc-cmp",
    re.IGNORECASE,
)
_WORD = re.compile(r"\bcookies?\b|\bGDPR\b", re.IGNORECASE)
_DIALOG = ("dialog", "alertdialog")
_CONTENT = ("h1", "article", "main", "table")
_MOST_WORDS = 200


def drop_banners(page: Element) -> None:
    """Take the consent banners out of a page's tree."""
    for element in list(
        page.iter("div", "section", "aside", "form", "dialog", "footer", "p", "span")
    ):
        if element.getparent() is not None and _is_banner(element):
            element.drop_tree()


def _is_banner(element: Element) -> bool:
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    named = _NAME.search(names) is not None
    if not named and not _floats(element):
        return False
    text = " ".join(element.itertext())
    if len(text.split()) > _MOST_WORDS or any(True for _ in element.iter(*_CONTENT)):
        return False
    within = any(parent.tag == "article" for parent in element.iterancestors())
    return _WORD.search(text) is not None and not within


def _floats(element: Element) -> bool:
    """Tell whether the element lies over the page: a dialog, or a box at a fixed place."""
    if element.get("role") in _DIALOG or element.get("aria-modal") == "true":
        return True
    return declarations_of(element.get("style") or "").get("position") in ("fixed", "sticky")
