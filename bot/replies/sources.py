"""Where an answer comes from, in full; and the list of all documents."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from bot.replies.answers import AnswerPage
from bot.replies.buttons import copy_button
from bot.replies.collection import CollectionPage
from bot.replies.deep_links import link_to
from bot.replies.duplicates import listed
from bot.replies.markup import escaped, line, link
from bot.replies.origin import cited_origin, headed, origin
from bot.replies.quotations import Loss, Quotation, loss_reply
from bot.texts import Texts

NAME_LIMIT = 120
QUOTE_LIMIT = 200


def sources_reply(page: AnswerPage, texts: Texts, username: str) -> str:
    """Return the citations of a page in full: origin, place in the file, sentence, duplicates.

    Each links to its words in the chat with the bot `username`. Duplicates are the other documents
    that are the same report.
    """
    heading = texts.sources if page.answered else texts.nearest_passages
    is_dated = page.scope.period is not None
    cited = [_source(*numbered, texts, username, is_dated) for numbered in page.numbered()]
    return "\n\n".join([heading, *cited])


def sources_keyboard(page: AnswerPage, texts: Texts) -> InlineKeyboardMarkup | None:
    """Return a button for each citation that copies it, None where all are lost."""
    copies = [
        copy_button(f"📋 [{number}]", quotation.citation, texts)
        for number, quotation in page.numbered()
        if not isinstance(quotation.passage, Loss)
    ]
    return InlineKeyboardMarkup([copies]) if copies else None


def collection_reply(page: CollectionPage, texts: Texts) -> str:
    """Return one page of the list of the documents."""
    listed = [f"{number}. {origin(document, texts)}" for number, document in page.numbered()]
    return "\n".join([texts.documents.format(count=page.total), *listed])


def _source(number: int, quotation: Quotation, texts: Texts, username: str, is_dated: bool) -> str:
    citation = quotation.citation
    place = texts.passage.format(
        document=escaped(line(citation.document, NAME_LIMIT)),
        start=citation.start,
        end=citation.end,
    )
    heading = f"<b>[{number}]</b> {cited_origin(citation, texts, is_dated, quotation.collection)}"
    if isinstance(quotation.passage, Loss):
        return f"{heading}\n{place}\n{loss_reply(quotation.passage, texts)}"
    heading = f"{headed(heading, quotation.passage.headings)}\n{place}"
    opening = link(texts.open_citation, link_to(username, citation.digits, citation.highlight))
    quote = escaped(line(citation.quote, QUOTE_LIMIT))
    shown = f"{heading} · {opening}\n<blockquote>{quote}</blockquote>"
    return "\n".join([shown, *listed(quotation.also_in, texts)])
