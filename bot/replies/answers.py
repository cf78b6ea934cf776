"""A page of an answer: three of its quotations at a time, best first, in one message.

No reply shows more than 4096 UTF-16 units or marks up more than 100 stretches: every part that is
not ours has a limit of its own, and the limits of a reply add up to less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.replies.buttons import (
    Row,
    button,
    copy_button,
    open_buttons,
    page_buttons,
    turning_buttons,
)
from bot.replies.callback_data import Rate, ReadDocument, ShowSources, TurnAnswer
from bot.replies.duplicates import counted
from bot.replies.excerpts import excerpt
from bot.replies.limits import limits
from bot.replies.markup import escaped, line
from bot.replies.origin import cited_origin, headed
from bot.replies.paging import Paging
from bot.replies.quotations import Loss, Quotation, loss_reply
from bot.store import GivenAnswer
from bot.texts import Texts
from retrieval.answers import Answer
from retrieval.asking.typed_filters import without_filters
from retrieval.scopes import Scope

PER_PAGE = 3
# The best excerpt of a page is open to read, up to two more are folded; with their longest text.
EXCERPTS = (
    ("<blockquote>", 1300),
    ("<blockquote expandable>", 700),
    ("<blockquote expandable>", 700),
)
QUESTION_LIMIT = 300
MISSING_LIMIT = 200


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One page of an answer. Pages and quotations are numbered from 1; there are `count` pages.

    Where the question was not `answered`, these are the passages nearest to it, and `missing` names
    what of the question they lack. `restored` is the question as it was understood, without the
    limits in its `scope`, None where it was left as it is.
    """

    quotations: tuple[Quotation, ...]
    number: int
    count: int
    answered: bool
    restored: str | None = None
    missing: tuple[str, ...] = ()
    scope: Scope = Scope()

    @classmethod
    def first(cls, answer: Answer) -> AnswerPage:
        """Return the page that shows the best hits of a new answer."""
        page = Paging.of(len(answer.hits), PER_PAGE, 1)
        hits, several = answer.hits[page.start : page.end], answer.is_from_several
        quotations = (Quotation.of(hit, several) for hit in hits)
        return cls.of(answer, page, quotations)

    @classmethod
    def of(
        cls, answer: Answer | GivenAnswer, page: Paging, quotations: Iterable[Quotation]
    ) -> AnswerPage:
        """Return a page of an answer, new or given earlier, with the quotations that it shows."""
        question, scope = without_filters(answer.restored or answer.question)
        return cls(
            tuple(quotations),
            number=page.number,
            count=page.count,
            answered=answer.answered,
            restored=None if answer.restored is None else question,
            missing=answer.missing,
            scope=scope,
        )

    @property
    def is_outside(self) -> bool:
        """Whether the quotations lie outside of the limits, because nothing within them answers."""
        cited = self.quotations[0].citation if self.quotations else None
        return cited is not None and not self.scope.admits(cited.date, cited.source)

    def numbered(self) -> Iterator[tuple[int, Quotation]]:
        """Yield the quotations with their numbers within the whole answer."""
        return enumerate(self.quotations, (self.number - 1) * PER_PAGE + 1)


def page_reply(page: AnswerPage, texts: Texts) -> str:
    """Return one page of an answer's excerpts; the first begins with the question as understood."""
    parts = understood(page, texts) if page.number == 1 else []
    if page.is_outside:
        parts.append(texts.outside)
    elif not page.answered:
        parts += [*lacking(page.missing, texts), texts.nearest_passages]
    elif page.number > 1:
        parts.append(texts.further)
    shown = zip(page.numbered(), EXCERPTS, strict=False)
    is_dated = page.scope.period is not None
    quoted = (_quoted(*numbered, *room, texts, is_dated) for numbered, room in shown)
    return "\n\n".join([*parts, *quoted])


def answer_keyboard(page: AnswerPage, texts: Texts) -> InlineKeyboardMarkup:
    """Return what can be done with a page of an answer: read, turn, use the best, rate."""
    thumbs = [button("👍", Rate("up")), button("👎", Rate("down"))] if page.answered else []
    # The longer labels two in a row: of three, phones cut the ends off.
    judging = [button(texts.sources_button, ShowSources(page.number)), *thumbs]
    rows = (_reading(page, texts), _showing(page, texts), _using(page, texts), judging)
    return InlineKeyboardMarkup([row for row in rows if row])


def understood(page: AnswerPage, texts: Texts) -> list[str]:
    """Return the lines that tell how the question was understood, none where it is as typed."""
    told = []
    if page.restored is not None:
        told.append(texts.understood.format(question=escaped(line(page.restored, QUESTION_LIMIT))))
    if page.scope.is_limited:
        told.append(texts.only_within.format(limits=limits(page.scope, texts)))
    if page.scope.newest and any(one.citation.date for one in page.quotations):
        told.append(texts.newest_first)
    return ["\n".join(told)] if told else []


def lacking(missing: tuple[str, ...], texts: Texts) -> list[str]:
    """Return the line that names what the documents do not mention, none where nothing is."""
    if not missing:
        return []
    return [texts.missing.format(words=escaped(line(", ".join(missing), MISSING_LIMIT)))]


def _quoted(
    number: int, quotation: Quotation, opening: str, limit: int, texts: Texts, is_dated: bool
) -> str:
    citation, passage = quotation.citation, quotation.passage
    heading = f"<b>[{number}]</b> {cited_origin(citation, texts, is_dated, quotation.collection)}"
    if isinstance(passage, Loss):
        return f"{heading}\n{loss_reply(passage, texts)}"
    above = [headed(heading, passage.headings), *counted(quotation.also_in, texts)]
    quoted = f"{opening}{excerpt(passage, citation.highlight, limit)}</blockquote>"
    return "\n".join([*above, quoted])


def _reading(page: AnswerPage, texts: Texts) -> Row:
    """Return the buttons that open each citation in its document, and those that turn the page."""
    found = _found(page)
    back, on = turning_buttons(TurnAnswer, page.number, page.count)
    alone = len(found) == 1 and not back + on
    reading = [
        button(texts.read_button if alone else f"📖 [{number}]", _read(quotation))
        for number, quotation in found
    ]
    return back + reading + on


def _showing(page: AnswerPage, texts: Texts) -> Row:
    """Return the buttons that show the citations' pages as pictures."""
    found = _found(page)
    return [
        shown
        for number, quotation in found
        for shown in page_buttons(quotation.citation, texts, number if len(found) > 1 else None)
    ]


def _found(page: AnswerPage) -> list[tuple[int, Quotation]]:
    """Return the quotations that are not lost, with their numbers."""
    return [pair for pair in page.numbered() if not isinstance(pair[1].passage, Loss)]


def _using(page: AnswerPage, texts: Texts) -> Row:
    """Return the buttons that copy and open the best citation of the page."""
    best, quotation = next(page.numbered())
    if isinstance(quotation.passage, Loss):
        return []
    label, citation = f" [{best}]" if len(page.quotations) > 1 else "", quotation.citation
    return [
        copy_button(texts.copy_button + label, citation, texts),
        *open_buttons(texts.open_button + label, citation),
    ]


def _read(quotation: Quotation) -> ReadDocument:
    citation = quotation.citation
    return ReadDocument(citation.digits, *citation.highlight.pair)
