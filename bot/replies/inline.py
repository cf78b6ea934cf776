"""What inline mode offers: excerpts to choose from, each a message ready to be sent.

A chosen excerpt is sent by the person who typed, into any chat, so it holds all that a reader
needs: title, publisher, date, the words, and links to where the bot shows them in their document
and, where its pages can be drawn, on their page.
"""

from __future__ import annotations

from dataclasses import dataclass

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)

from bot.citations import Citation, title_of
from bot.replies.buttons import page_label
from bot.replies.deep_links import TO_PAGE, link_to, payload_of
from bot.replies.excerpts import excerpt
from bot.replies.markup import line
from bot.replies.origin import TITLE_LIMIT, cited_origin, headed
from bot.replies.sources import QUOTE_LIMIT
from bot.texts import Texts
from retrieval.answers import Answer, Hit

RESULTS = 10  # offered for a question
PAGE = 5  # of them at a time: more are fetched as the list is scrolled
EXCERPT_LIMIT = 1400
GREETING = "inline"  # what /start gets by the button; it greets, as without it


@dataclass(frozen=True, slots=True)
class InlinePage:
    """Some of an answer's hits, and the offset that asks for the next, None at the end."""

    hits: tuple[Hit, ...]
    next_offset: str | None

    @classmethod
    def of(cls, answer: Answer, offset: str) -> InlinePage:
        """Return the page that Telegram asks for by `offset`; none where nothing answers."""
        hits = answer.hits[:RESULTS] if answer.answered else ()
        start = int(offset) if offset.isdecimal() else 0
        end = start + PAGE
        return cls(hits[start:end], str(end) if end < len(hits) else None)


def inline_result(
    hit: Hit, texts: Texts, username: str, is_dated: bool = False, from_several: bool = False
) -> InlineQueryResultArticle:
    """Return the excerpt of a hit, with links into the chat with the bot `username`.

    Where the question `is_dated`, a document without a date is marked. The excerpt names its
    collection where it is one `from_several`.
    """
    collection = hit.collection.title if from_several else ""
    document, passage, words = hit.document, hit.passage, hit.highlight
    shown = excerpt(passage, words, EXCERPT_LIMIT)
    citation = Citation.of(hit)
    heading = headed(cited_origin(citation, texts, is_dated, collection), passage.headings)
    text = f"{heading}\n<blockquote>{shown}</blockquote>"
    links = [InlineKeyboardButton(texts.read_button, link_to(username, document.digits, words))]
    if label := page_label(citation, texts):
        to_page = link_to(username, document.digits, words, TO_PAGE)
        links.append(InlineKeyboardButton(label, to_page))
    return InlineQueryResultArticle(
        id=payload_of(document.digits, passage.span),
        title=line(title_of(document), TITLE_LIMIT),
        description=line(words.of(document.text), QUOTE_LIMIT),
        input_message_content=InputTextMessageContent(text),
        reply_markup=InlineKeyboardMarkup.from_column(links),
    )


def inline_button(label: str) -> InlineQueryResultsButton:
    """Return the line above the results that leads into the chat with the bot."""
    return InlineQueryResultsButton(label, start_parameter=GREETING)
