"""The page and what trafilatura tells of it: its tree, its metadata, and its main text.

trafilatura is a judge of where the main text is. It is not asked for the text itself: it drops
cells over several rows, lists in cells, and much of pages that are short or made of questions and
answers (trafilatura issues 334, 531, 599, 633). This module alone imports it.
"""

from __future__ import annotations

import logging
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import trafilatura
from trafilatura.metadata import extract_metadata

for _library in ("trafilatura", "htmldate", "courlan"):  # they log every page that is odd
    logging.getLogger(_library).setLevel(logging.CRITICAL)

Element = Any
"""An element of lxml's tree; lxml ships no types."""

_TITLES = ("og:title", "twitter:title", "dc.title")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a page declares of itself; what it does not declare is empty.

    `titles` are the declared titles, best first. `site` is the publisher's name, or the host of
    the page's address where the page names no publisher.
    """

    titles: tuple[str, ...]
    date: str
    site: str
    url: str

    @property
    def is_site_a_host(self) -> bool:
        """Tell whether `site` is only a host's name, such as "www.example.vn"."""
        return "." in self.site and " " not in self.site


def load(text: str) -> Element:
    """Return the tree of a page. A fragment becomes the body of a page."""
    page = trafilatura.load_html(text) if text.strip() else None
    return trafilatura.load_html(f"<html><body>{text}</body></html>") if page is None else page


def declared_by(page: Element) -> Declared:
    """Return what the page declares. Only a declared date is taken, never one of the text."""
    found = extract_metadata(
        deepcopy(page), date_config={"extensive_search": False, "original_date": True}
    )
    metas = {_name(meta): meta.get("content") or "" for meta in reversed(list(page.iter("meta")))}
    titles = [metas.get(name, "") for name in _TITLES]
    titles += ["".join(title.itertext()) for title in page.iter("title")][:1]
    lines = (" ".join(title.split()) for title in [*titles, found.title or ""])
    return Declared(
        titles=tuple(dict.fromkeys(line for line in lines if line)),
        date=found.date or "",
        site=found.sitename or "",
        url=found.url or "",
    )


def main_text(page: Element) -> str:
    """Return what trafilatura takes for the main text; empty where it finds none."""
    found = trafilatura.bare_extraction(
        deepcopy(page), with_metadata=False, include_comments=False, favor_recall=True
    )
    if found is None or isinstance(found, dict):
        return ""
    return " ".join(found.body.itertext())


def _name(meta: Element) -> str:
    return str(meta.get("property") or meta.get("name") or "").casefold()
