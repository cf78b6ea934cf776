"""Which blocks of a page belong to its main text.

trafilatura tells where the main text is: the innermost section that holds nearly all of what it
found. Every block of that section counts, so that no table or answer is lost; menus, teasers and
lists of links do not. Where much of the page would be lost, all of it counts that is no furniture.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from retrieval.reading.draft import ParagraphKind
from retrieval.reading.formats.html.block import Block
from retrieval.reading.formats.html.page import Element

_WORD = re.compile(r"\w+")
_FOUND = 0.8  # of a block's pairs of words, to count as found
_NEARLY_ALL = 0.9  # of the words found, in the section of the main text
_ENOUGH = 0.7  # of the words outside of furniture; a page keeps more of them or all
_LINKS = 0.6  # of a block's characters
_SECTIONS = frozenset("html body div section article main form center table tbody tr td".split())
_FURNITURE_ROLES = ("navigation", "menu", "menubar", "search", "complementary", "contentinfo")
_NAME = re.compile(
    r"(?:^|[\s_-])(?:sidebar|related|comments?|respond|share|social|newsletter|subscribe|advert\w*"
    r"|ads?|breadcrumbs?|pagination|pager|menu|navbar|tags|tin-lien-quan|lien-quan|binh-luan"
    r"|toolbar|promo)(?:$|[\s_-])"
)


def main_blocks(page: Element, blocks: Sequence[Block], main_text: str) -> list[Block]:
    """Return the blocks of the main text in reading order; never none where there are any.

    Args:
        page: the tree, without what is hidden.
        blocks: the blocks of that tree.
        main_text: what trafilatura takes for the main text.
    """
    pairs = set(_pairs(main_text))
    found = {block.element for block in blocks if _is_found(block, pairs)}
    furniture = _furniture(page, found)
    body = [block for block in blocks if block.element not in furniture] or list(blocks)
    useful = [block for block in body if block.element in found or block.linked < _LINKS]
    if not useful:
        return body
    section = set(_section(page, [block for block in useful if block.element in found]).iter())
    kept = [block for block in useful if block.element in found or block.element in section]
    enough = _size(kept) >= _ENOUGH * _size(useful)
    return _without_lone_headings(body, kept if enough else useful)


def _is_found(block: Block, pairs: set[tuple[str, str]]) -> bool:
    own = list(_pairs(block.text))
    return sum(pair in pairs for pair in own) >= _FOUND * len(own)


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    """Return the neighbouring words of a text; a lone word is its own neighbour."""
    words = _WORD.findall(text.casefold())
    return [*zip(words, words[1:], strict=False)] if len(words) > 1 else [(w, w) for w in words]


def _furniture(page: Element, found: set[Element]) -> set[Element]:
    """Return the elements of menus, heads, feet and side columns, with all that they hold."""
    furniture: set[Element] = set()
    for element in page.iter():
        if element not in furniture and isinstance(element.tag, str):
            if _is_furniture(element, found):
                furniture.update(element.iter())
    return furniture


def _is_furniture(element: Element, found: set[Element]) -> bool:
    if element.tag in ("html", "body", "main", "article"):
        return False
    if element.tag == "nav" or element.get("role") in _FURNITURE_ROLES:
        return not any(True for _ in element.iter("h1"))
    if element.tag in ("footer", "aside"):
        return not _is_inside(element) or _is_linked(element)
    if element.tag == "header":
        return not _is_inside(element) and not any(True for _ in element.iter("h1"))
    names = f"{element.get('class') or ''} {element.get('id') or ''}".casefold()
    return _NAME.search(names) is not None and found.isdisjoint(element.iter())


def _is_inside(element: Element) -> bool:
    """Tell whether the element belongs to an article, not to the page."""
    return any(parent.tag in ("article", "main") for parent in element.iterancestors())


def _is_linked(element: Element) -> bool:
    """Tell whether most of an element's text below its headings is links."""
    heads = {part for head in element.iter("h2", "h3", "h4", "h5", "h6") for part in head.iter()}
    links = sum(len("".join(a.itertext())) for a in element.iter("a") if a not in heads)
    own = [part for part in element.iter() if isinstance(part.tag, str) and part not in heads]
    return links >= _LINKS * sum(len((part.text or "").strip()) for part in own)


def _section(page: Element, found: Iterable[Block]) -> Element:
    """Return the innermost section that holds nearly all of the words found; `main` if declared."""
    mains = [*page.iter("main")]
    if len(mains) == 1:
        return mains[0]
    sizes: Counter[Element] = Counter()
    for block in found:
        for element in (block.element, *block.element.iterancestors()):
            sizes[element] += len(block.text)
    section = page
    while True:
        inner = [
            child
            for child in section
            if child.tag in _SECTIONS and sizes[child] >= _NEARLY_ALL * max(1, sizes[page])
        ]
        if not inner:
            return section
        section = inner[0]


def _size(blocks: Iterable[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _without_lone_headings(body: Sequence[Block], kept: Sequence[Block]) -> list[Block]:
    """Drop a heading if all that stood below it was dropped, as a list of links."""
    chosen = {id(block) for block in kept}
    left: list[Block] = []
    for block, after in zip(body, [*body[1:], None], strict=True):
        if id(block) not in chosen:
            continue
        alone = after is not None and id(after) not in chosen
        if not (alone and block.kind is ParagraphKind.HEADING):
            left.append(block)
    return left
