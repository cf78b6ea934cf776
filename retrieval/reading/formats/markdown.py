"""Markdown, rendered by markdown-it and read as a web page is.

One walk reads both, so that HTML within Markdown keeps its meaning: `details`, tables with merged
cells, hidden parts. Items keep the dashes and numbers of the source, and the lines of code stay
lines. A picture alone in its paragraph becomes a caption with the picture's description. Footnotes
keep their places, marked [1].
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.paragraph import paragraph
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from retrieval.reading.draft import Draft
from retrieval.reading.formats import text
from retrieval.reading.formats.html.block import paragraphs_of
from retrieval.reading.formats.html.blocks import blocks_of
from retrieval.reading.formats.html.items import MARKER
from retrieval.reading.formats.html.page import load
from retrieval.reading.formats.html.visible import drop_hidden

# Tags in running text. Any other is a placeholder, such as <file>, and is shown as it stands.
_TAGS = frozenset(
    "a abbr address article aside b bdi bdo big blockquote br button caption center cite code col "
    "colgroup data dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 "
    "header hr i img input ins kbd label li main mark nav ol p picture pre q rp rt ruby s samp "
    "section small source span strike strong sub summary sup table tbody td tfoot th thead time tr "
    "tt u ul var wbr".split()
)
# These hide what they hold. One that is left open would hide the rest of the file.
_HIDING = frozenset(
    "audio canvas iframe noframes noscript object script select style svg template textarea title "
    "video".split()
)
_TAG = re.compile(r"</?(?P<name>[a-z][\w-]*)[^<>]*>?|<!--", re.IGNORECASE)
_HIDDEN = re.compile(rf"<(?:!--|(?P<name>{'|'.join(sorted(_HIDING))})\b)", re.IGNORECASE)
_DEFINITION = re.compile(r"\[\^[^\]\s]{1,40}\]:")
_REFERENCE = re.compile(r"\[\^(?P<mark>[^\]\s]{1,40})\]")


def read(data: bytes) -> Draft:
    """Return the paragraphs of a Markdown file, with the metadata of its front matter.

    Raises UnreadableError as `text.read` does.
    """
    draft = text.read(data)
    page = load(f"<html><body>{_PARSER.render(draft.text)}</body></html>")
    drop_hidden(page)
    return replace(draft, paragraphs=tuple(paragraphs_of(blocks_of(page))))


class _Renderer(RendererHTML):
    """HTML as the walk over pages wants it."""

    def softbreak(self, *_: object) -> str:
        """Keep a line break of the source: cleaning decides whether it was a wrap."""
        return "<br>"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return the description, as a caption where the picture stands alone."""
        words = escapeHtml(self.renderInlineAsText(tokens[idx].children, options, env))
        return f"<figcaption>{words}</figcaption>" if len(tokens) == 1 else words

    def html_inline(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        """Return a tag as it is, or as text where it is none of HTML."""
        return _shown(_without_hidden(tokens[idx].content))

    def html_block(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        """Return the tags as they are, without hidden elements; those of no HTML as text."""
        return _shown(_without_hidden(tokens[idx].content))

    def list_item_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Keep the number that the source has before an item."""
        token = tokens[idx]
        if token.info:
            token.attrSet(MARKER, f"{token.info}{token.markup}")
        return self.renderToken(tokens, idx, options, env)


def _shown(html: str) -> str:
    return _TAG.sub(_shown_tag, html)


def _shown_tag(found: re.Match[str]) -> str:
    return found[0] if (found["name"] or "").casefold() in _TAGS else escapeHtml(found[0])


def _without_hidden(html: str) -> str:
    """Leave out comments and hidden elements that are closed."""
    lower = html.lower()
    kept, start = [], 0
    unclosed: set[str] = set()  # not looked for again, which keeps the time linear
    for found in _HIDDEN.finditer(html):
        end = f"</{found['name'].lower()}>" if found["name"] else "-->"
        if found.start() < start or end in unclosed:
            continue
        close = lower.find(end, found.end())
        if close < 0:
            unclosed.add(end)
            continue
        kept.append(html[start : found.start()])
        start = close + len(end)
    return "".join([*kept, html[start:]])


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read "[^1]: word" as a paragraph; it would define a link and vanish."""
    if state.is_code_block(start) or not _DEFINITION.match(
        state.src, state.bMarks[start] + state.tShift[start]
    ):
        return False
    return silent or paragraph(state, start, end, silent)


def _reference(state: StateInline, silent: bool) -> bool:
    """Read "[^1]" as "[1]"."""
    found = _REFERENCE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("text", "", 0).content = f"[{found['mark']}]"
    state.pos = found.end()
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", renderer_cls=_Renderer).enable(["table", "strikethrough"])
    parser.block.ruler.before(
        "reference", "footnote", _definition, {"alt": ["paragraph", "blockquote"]}
    )
    parser.inline.ruler.before("link", "footnote", _reference)
    return parser


_PARSER = _parser()
