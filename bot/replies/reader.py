"""A document, one passage on a page, with the words that were cited in bold."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.citations import Citation
from bot.replies.buttons import BACK, ON, button, copy_button, open_buttons, page_buttons
from bot.replies.callback_data import TurnDocument
from bot.replies.excerpts import excerpt
from bot.replies.origin import cited_origin, headed
from bot.texts import Texts
from retrieval.documents import Document, Passage, Span

PASSAGE_LIMIT = 3500


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The passage `number`, counted from 1, of a document's `passages`.

    `cited` are the words for which the document was opened, on this page or elsewhere.
    """

    passages: tuple[Passage, ...]
    number: int
    cited: Span

    @classmethod
    def at(cls, offset: int, passages: tuple[Passage, ...], cited: Span) -> DocumentPage:
        """Return the page of a document, of these `passages`, that holds `offset`."""
        starts = [passage.span.start for passage in passages]
        return cls(passages, max(1, bisect_right(starts, offset)), cited)

    @property
    def passage(self) -> Passage:
        """The passage that this page shows."""
        return self.passages[self.number - 1]

    @property
    def document(self) -> Document:
        """The document that is read."""
        return self.passage.document

    @property
    def citation(self) -> Citation:
        """The citation of what was cited of this page, or of the whole page."""
        return Citation.in_passage(self.passage, self.highlight or self.passage.span)

    @property
    def neighbours(self) -> tuple[Passage | None, Passage | None]:
        """The passages before and after this one."""
        around = (None, *self.passages, None)
        return around[self.number - 1], around[self.number + 1]

    @property
    def highlight(self) -> Span | None:
        """What of this page was cited; None where nothing stands out: none of it, or all."""
        span = self.passage.span
        common = Span(max(span.start, self.cited.start), min(span.end, self.cited.end))
        return common if common.start < common.end and common != span else None


def document_reply(page: DocumentPage, texts: Texts) -> str:
    """Return one passage of a document, what was cited of it in bold."""
    heading = headed(cited_origin(page.citation, texts), page.passage.headings)
    place = texts.page.format(number=page.number, count=len(page.passages))
    shown = excerpt(page.passage, page.highlight, PASSAGE_LIMIT)
    return f"{heading}\n{place}\n<blockquote>{shown}</blockquote>"


def document_keyboard(page: DocumentPage, texts: Texts) -> InlineKeyboardMarkup:
    """Return what can be done with a page of a document: turn it, copy and open its citation."""
    before, after = page.neighbours
    pages = [
        button(label, _turn(page, passage.span.start))
        for label, passage in ((BACK, before), (ON, after))
        if passage
    ]
    using = [
        copy_button(texts.copy_button, page.citation, texts),
        *open_buttons(texts.open_button, page.citation),
    ]
    showing = page_buttons(page.citation, texts)
    return InlineKeyboardMarkup([row for row in (pages, showing, using) if row])


def _turn(page: DocumentPage, start: int) -> TurnDocument:
    cited = page.cited
    return TurnDocument(page.document.digits, start, cited.start, cited.end)
