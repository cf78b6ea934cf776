"""A block of a page, and how blocks become paragraphs of a draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.reading.draft import BREAK, Paragraph, ParagraphKind
from retrieval.reading.formats.html.page import Element


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a page that stands by itself, and the innermost block element that holds it.

    `linked` is the share of its characters that stand in links.
    """

    text: str
    element: Element
    kind: ParagraphKind = ParagraphKind.PROSE
    level: int = 0
    linked: float = 0.0


def paragraphs_of(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Yield the blocks as paragraphs of a draft.

    A `div` is a line of its own. One that stands in the running text of another goes on with its
    paragraph, after a blank line.
    """
    for i, block in enumerate(blocks):
        if i and _goes_on(blocks[i - 1], block):
            continue
        text = block.text
        if block.element.tag == "div" and block.kind is ParagraphKind.PROSE:
            lines = [text]
            for before, after in zip(blocks[i:], blocks[i + 1 :], strict=False):
                if not _goes_on(before, after):
                    break
                lines.append(after.text)
            text = BREAK.join(lines) + "\n"
        yield Paragraph(text, block.kind, block.level)


def _goes_on(before: Block, after: Block) -> bool:
    plain = before.kind is after.kind is ParagraphKind.PROSE
    inner = after.element.tag == "div" and after.element.getparent() is before.element
    return plain and inner and before.element.tag == "div"
