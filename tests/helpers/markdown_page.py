"""A page of Markdown as a reader sees it: its links, its code, its tables, its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True)
class MarkdownPage:
    """The page in the file `path`."""

    path: Path

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens, those of paragraphs and cells included."""
        blocks = MarkdownIt("commonmark").enable("table").parse(self.path.read_text("utf-8"))
        return tuple(token for block in blocks for token in (block, *(block.children or ())))

    @property
    def links(self) -> list[str]:
        """The addresses of links and pictures."""
        found = (token.attrGet("href") or token.attrGet("src") for token in self.tokens)
        return [str(address) for address in found if address]

    @property
    def code(self) -> Iterator[str]:
        """Everything that is set as code; blocks come line by line."""
        for token in self.tokens:
            if token.type == "code_inline":
                yield " ".join(token.content.split())
            elif token.type == "fence":
                yield from token.content.splitlines()

    @property
    def anchors(self) -> set[str]:
        """The anchors that GitHub gives to the headings."""
        headings = self._behind("heading_open")
        return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in headings}

    @property
    def first_cells(self) -> list[str]:
        """The first cell of each row of each table, headings aside, as it is written."""
        return list(self._behind("tr_open", "td_open"))

    def table(self, heading: str) -> list[list[str]]:
        """Return the rows of the table whose first column has this heading, as they are written."""
        rows: list[list[str]] = []
        for token in self.tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline" and rows:
                rows[-1].append(token.content)
            elif token.type == "table_close":
                if rows[0][0] == heading:
                    return rows[1:]
                rows.clear()
        return []

    def blocks(self, language: str) -> list[str]:
        """Return the blocks of code in one language."""
        return [t.content for t in self.tokens if t.type == "fence" and t.info == language]

    def leads_somewhere(self, link: str) -> bool:
        """Tell whether a link is to another site, to a file, or to a heading that is there."""
        address = urlsplit(link)
        if address.scheme:
            return address.scheme == "https"
        target = self.path.parent / address.path if address.path else self.path
        if not target.exists():
            return False
        return not address.fragment or address.fragment in MarkdownPage(target).anchors

    def _behind(self, *types: str) -> Iterator[str]:
        """Yield the text of each token that stands behind tokens of these types."""
        count = len(types)
        for place in range(len(self.tokens) - count):
            if tuple(token.type for token in self.tokens[place : place + count]) == types:
                yield self.tokens[place + count].content
