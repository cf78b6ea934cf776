"""Cited words looked up again in the documents as they are now.

All functions may read a document, so they block.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.citations import Citation
from bot.replies.answers import PER_PAGE, AnswerPage
from bot.replies.deep_links import Place
from bot.replies.paging import Paging
from bot.replies.quotations import Loss, Quotation
from bot.replies.reader import DocumentPage
from bot.store import GivenAnswer
from retrieval.documents import Document, Passage, Span

if TYPE_CHECKING:
    from retrieval.selection import Selection  # takes seconds to import


def find_quotation(citation: Citation, documents: Selection) -> Quotation:
    """Look for the very words that were cited.

    The same text under another name is quoted; another text under the same name is not. It may read
    a document, so it blocks.
    """
    document = documents.with_hash(citation.hash)
    if document and citation.highlight.of(document.text) == citation.quote:
        passage = _cited_passage(document, citation.span, documents)
        return Quotation(citation, passage, documents.also_in(document))
    known = documents.named(citation.document)
    return Quotation(citation, Loss.CHANGED if known else Loss.GONE)


def find_answer_page(given: GivenAnswer, number: int, documents: Selection) -> AnswerPage:
    """Look for the words on a page of an answer that was given earlier; blocks.

    Args:
        given: The answer as it was kept.
        number: Which page; the nearest one is returned where there are not so many.
        documents: Where the cited words are looked for.
    """
    page = Paging.of(len(given.citations), PER_PAGE, number)
    cited = given.citations[page.start : page.end]
    return AnswerPage.of(given, page, (find_quotation(one, documents) for one in cited))


def find_readable_page(
    given: GivenAnswer,
    number: int,
    collection: Callable[[str], Selection],
    titles: Mapping[str, str],
) -> AnswerPage | None:
    """Look for the words on a page of an answer as far as they may still be read; blocks.

    A citation whose words are not where they were is left out, with its title and its number: they
    may lie in a collection by now that must not be told of. Nor are the words told, then, that the
    documents have lent to the question.

    Args:
        given: The answer as it was kept.
        number: Which page; the nearest one is returned where there are not so many.
        collection: Returns the documents of a collection, none where it may not be read.
        titles: The titles of the collections that are named, by their names.

    Returns:
        None where no citation is left.
    """
    found = [find_quotation(one, collection(one.collection)) for one in given.citations]
    kept = [
        replace(one, collection=titles.get(one.citation.collection, ""))
        for one in found
        if not isinstance(one.passage, Loss)
    ]
    if not kept:
        return None
    if len(kept) < len(found):
        given = replace(given, restored=None, missing=())
    page = Paging.of(len(kept), PER_PAGE, number)
    return AnswerPage.of(given, page, kept[page.start : page.end])


def find_document_page(place: Place, offset: int, documents: Selection) -> DocumentPage | None:
    """Open the document of `place` at `offset`; None where that place is not there; blocks."""
    document = documents.with_hash(place.document)
    if document is None or not place.span.start < place.span.end <= len(document.text):
        return None
    # A document that was removed between the two calls has no passages.
    passages = documents.passages(document)
    return DocumentPage.at(offset, passages, place.span) if passages else None


def _cited_passage(document: Document, span: Span, documents: Selection) -> Passage:
    # Passages may be cut differently by now; the offsets of the text are still the same.
    sentences = (s for passage in documents.passages(document) for s in passage.sentences)
    within = tuple(s for s in sentences if span.start <= s.start and s.end <= span.end)
    return Passage(document, span, within)
