"""Terms and their descriptions (`dl`): a short term is the label of its value, as in a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.reading.cleaning.lines import is_ended, is_item
from retrieval.reading.draft import ParagraphKind
from retrieval.reading.formats.html.block import Block
from retrieval.reading.formats.html.page import Element

_LONGEST_TERM = 8  # words of a term that is a label


def with_values(blocks: Sequence[Block]) -> Iterator[Block]:
    """Join a term with its description, where both are one block; a question is a heading."""
    skipped = False
    for i, block in enumerate(blocks):
        if skipped:
            skipped = False
            continue
        if _part(block) is None or _part(block).tag != "dt":
            yield block
        elif block.text.endswith("?"):
            yield replace(block, kind=ParagraphKind.HEADING)
        elif _is_label(blocks, i):
            value = blocks[i + 1]
            gap = " " if block.text.endswith(":") else ": "
            yield replace(value, text=block.text + gap + value.text)
            skipped = True
        else:
            yield block


def _is_label(blocks: Sequence[Block], i: int) -> bool:
    if (
        i + 1 == len(blocks)
        or len(blocks[i].text.split()) > _LONGEST_TERM
        or is_ended(blocks[i].text)
    ):
        return False
    value, after = blocks[i + 1], blocks[i + 2] if i + 2 < len(blocks) else None
    part = _part(value)
    if part is None or part.tag != "dd" or value.kind is not ParagraphKind.PROSE:
        return False
    if is_item(value.text) or "\n" in value.text:
        return False
    below = None if after is None else _part(after)
    return below is None or below.tag == "dt" or below.getparent() is not part.getparent()


def _part(block: Block) -> Element:
    """Return the `dt` or `dd` that holds a block, or None."""
    element = block.element
    while element is not None and element.tag in ("p", "div", "dt", "dd"):
        if element.tag in ("dt", "dd"):
            return element
        element = element.getparent()
    return None
