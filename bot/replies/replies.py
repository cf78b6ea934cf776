"""What the bot replies, as Telegram HTML: an answer, its sources, a document, the collection.

Pure functions from what was found to what is sent. No reply shows more than 4096 UTF-16 units or
marks up more than 100 stretches: every foreign part has a limit of its own, and those of a reply
add up to less.
"""

from __future__ import annotations

from bot.citations import Citation, title_of
from bot.replies.answer_pages import AnswerPage
from bot.replies.collection_pages import CollectionPage
from bot.replies.deep_links import link_to
from bot.replies.document_pages import DocumentPage
from bot.replies.excerpts import excerpt
from bot.replies.markup import escaped, line, link
from bot.replies.quotations import Loss, Quotation
from bot.texts import Texts
from retrieval.answers import Answer
from retrieval.documents import Document

# The best excerpt of a page is open to read, up to two more are folded; with how long each may be.
EXCERPTS = (
    ("<blockquote>", 1400),
    ("<blockquote expandable>", 800),
    ("<blockquote expandable>", 800),
)
PASSAGE_LIMIT = 3500
QUESTION_LIMIT = 300
TITLE_LIMIT = 120
SOURCE_LIMIT = 60
DATE_LIMIT = 20
NAME_LIMIT = 120
QUOTE_LIMIT = 200


def answer_reply(answer: Answer, texts: Texts) -> str:
    """Return the excerpts that answer; where none does, say so and name the nearest document."""
    if answer.answered:
        return page_reply(AnswerPage.first(answer), texts)
    nearest = [_nearest(hit.document, texts) for hit in answer.hits[:1]]
    return "\n\n".join([*_understood(answer.restored, texts), texts.not_found, *nearest])


def page_reply(page: AnswerPage, texts: Texts) -> str:
    """Return one page of an answer's excerpts; the first begins with the question as understood."""
    parts = _understood(page.restored, texts) if page.number == 1 else []
    if not page.answered:
        parts.append(texts.nearest_passages)
    elif page.number > 1:
        parts.append(texts.further)
    shown = zip(page.numbered(), EXCERPTS, strict=False)
    return "\n\n".join([*parts, *(_quoted(*numbered, *room, texts) for numbered, room in shown)])


def sources_reply(page: AnswerPage, texts: Texts, username: str) -> str:
    """Return the citations of a page in full: origin, place in the file, sentence.

    Each leads to its words in the chat with the bot `username`.
    """
    heading = texts.sources if page.answered else texts.nearest_passages
    listed = [_source(number, quotation, texts, username) for number, quotation in page.numbered()]
    return "\n\n".join([heading, *listed])


def document_reply(page: DocumentPage, texts: Texts) -> str:
    """Return one passage of a document, what was cited of it in bold."""
    heading = origin(title_of(page.document), page.document, texts)
    place = texts.page.format(number=page.number, count=len(page.passages))
    shown = excerpt(page.passage, page.highlight, PASSAGE_LIMIT)
    return f"{heading}\n{place}\n<blockquote>{shown}</blockquote>"


def collection_reply(page: CollectionPage, texts: Texts) -> str:
    """Return one page of the list of the documents."""
    listed = [
        f"{number}. {origin(title_of(document), document, texts)}"
        for number, document in page.numbered()
    ]
    return "\n".join([texts.documents.format(count=page.total), *listed])


def loss_reply(loss: Loss | None, texts: Texts) -> str:
    """Say what has become of a document; None where it is not known which of the two."""
    return {Loss.CHANGED: texts.changed, Loss.GONE: texts.gone, None: texts.changed_or_gone}[loss]


def _understood(restored: str | None, texts: Texts) -> list[str]:
    """Return the line that tells which diacritics were put back, none where none were."""
    if restored is None:
        return []
    return [texts.understood.format(question=escaped(line(restored, QUESTION_LIMIT)))]


def _quoted(number: int, quotation: Quotation, opening: str, limit: int, texts: Texts) -> str:
    citation, passage = quotation.citation, quotation.passage
    heading = f"<b>[{number}]</b> {origin(citation.title, citation, texts)}"
    if isinstance(passage, Loss):
        return f"{heading}\n{loss_reply(passage, texts)}"
    return f"{heading}\n{opening}{excerpt(passage, citation.highlight, limit)}</blockquote>"


def _nearest(document: Document, texts: Texts) -> str:
    return texts.nearest.format(document=origin(title_of(document), document, texts))


def _source(number: int, quotation: Quotation, texts: Texts, username: str) -> str:
    citation = quotation.citation
    place = texts.passage.format(
        document=escaped(line(citation.document, NAME_LIMIT)),
        start=citation.start,
        end=citation.end,
    )
    heading = f"<b>[{number}]</b> {origin(citation.title, citation, texts)}\n{place}"
    if isinstance(quotation.passage, Loss):
        return f"{heading}\n{loss_reply(quotation.passage, texts)}"
    opening = link(texts.open_citation, link_to(username, citation.hash, citation.highlight))
    quote = escaped(line(citation.quote, QUOTE_LIMIT))
    return f"{heading} · {opening}\n<blockquote>{quote}</blockquote>"


def origin(title: str, of: Document | Citation, texts: Texts) -> str:
    """Return the title, linked where there is an address, then publisher and date if known."""
    known = (line(of.source, SOURCE_LIMIT), line(texts.date(of.date), DATE_LIMIT))
    published = ", ".join(part for part in known if part)
    linked = link(line(title, TITLE_LIMIT), of.url)
    return f"{linked} — <i>{escaped(published)}</i>" if published else linked
