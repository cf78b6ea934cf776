"""Markdown, read by markdown-it: paragraphs without markup, and headings.

Lists keep their dashes and numbers, and tables become rows of cells, as in plain text. A picture
alone in its paragraph becomes a caption with the picture's description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from retrieval.reading.draft import Draft, Paragraph, ParagraphKind
from retrieval.reading.formats import text

_PARSER = MarkdownIt("commonmark").enable("table")
_TAG = re.compile(r"<[^<>]*>")
_HIDDEN = ("<script", "<style", "<!--")


def read(data: bytes) -> Draft:
    """Return the paragraphs of a Markdown file, with the metadata of its front matter.

    Raises UnreadableError as `text.read` does.
    """
    draft = text.read(data)
    tree = SyntaxTreeNode(_PARSER.parse(draft.text))
    return replace(draft, paragraphs=tuple(_paragraphs(tree)))


def _paragraphs(node: SyntaxTreeNode) -> Iterator[Paragraph]:
    match node.type:
        case "heading":
            yield Paragraph(_text(node), ParagraphKind.HEADING)
        case "paragraph":
            yield Paragraph(_marker(node) + _text(node), _kind(node))
        case "tr":
            yield Paragraph(" | ".join(_text(cell) for cell in node.children))
        case "fence" | "code_block":
            yield Paragraph(node.content)
        case "html_block":
            if not node.content.lstrip().lower().startswith(_HIDDEN):
                yield Paragraph(_TAG.sub("", node.content))
        case _:
            for child in node.children:
                yield from _paragraphs(child)


def _marker(paragraph: SyntaxTreeNode) -> str:
    """Return the dash or number of a list's item, before the item's first paragraph."""
    item = paragraph.parent
    if item is None or item.type != "list_item" or item.children[0] is not paragraph:
        return ""
    return f"{item.info}{item.markup} " if item.info else "- "


def _kind(paragraph: SyntaxTreeNode) -> ParagraphKind:
    pieces = [piece.type for inline in paragraph.children for piece in inline.children]
    return ParagraphKind.CAPTION if pieces == ["image"] else ParagraphKind.PROSE


def _text(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text" | "code_inline" | "image":
            return node.content
        case "softbreak" | "hardbreak":
            return "\n"
        case "html_inline":
            return ""
        case _:
            return "".join(_text(child) for child in node.children)
