"""A page of an answer: three of its quotations at a time, best first, in one message.

No reply shows more than 4096 UTF-16 units or marks up more than 100 stretches: every part that is
not ours has a limit of its own, and the limits of a reply add up to less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.replies.buttons import Row, button, copy_button, open_buttons, turning_buttons
from bot.replies.callback_data import Rate, ReadDocument, ShowSources, TurnAnswer
from bot.replies.excerpts import excerpt
from bot.replies.markup import escaped, line
from bot.replies.origin import cited_origin, headed
from bot.replies.paging import Paging
from bot.replies.quotations import Loss, Quotation, loss_reply
from bot.store import GivenAnswer
from bot.texts import Texts
from retrieval.answers import Answer

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
    what of the question they lack. `restored` is the question with its diacritics put back, None
    where it had them.
    """

    quotations: tuple[Quotation, ...]
    number: int
    count: int
    answered: bool
    restored: str | None = None
    missing: tuple[str, ...] = ()

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
        return cls(
            tuple(quotations),
            number=page.number,
            count=page.count,
            answered=answer.answered,
            restored=answer.restored,
            missing=answer.missing,
        )

    def numbered(self) -> Iterator[tuple[int, Quotation]]:
        """Yield the quotations with their numbers within the whole answer."""
        return enumerate(self.quotations, (self.number - 1) * PER_PAGE + 1)


def page_reply(page: AnswerPage, texts: Texts) -> str:
    """Return one page of an answer's excerpts; the first begins with the question as understood."""
    parts = understood(page.restored, texts) if page.number == 1 else []
    if not page.answered:
        parts += [*lacking(page.missing, texts), texts.nearest_passages]
    elif page.number > 1:
        parts.append(texts.further)
    shown = zip(page.numbered(), EXCERPTS, strict=False)
    return "\n\n".join([*parts, *(_quoted(*numbered, *room, texts) for numbered, room in shown)])


def answer_keyboard(page: AnswerPage, texts: Texts) -> InlineKeyboardMarkup:
    """Return what can be done with a page of an answer: read, turn, use the best, rate."""
    thumbs = [button("👍", Rate("up")), button("👎", Rate("down"))] if page.answered else []
    # The longer labels two in a row: of three, phones cut the ends off.
    judging = [button(texts.sources_button, ShowSources(page.number)), *thumbs]
    rows = (_reading(page, texts), _using(page, texts), judging)
    return InlineKeyboardMarkup([row for row in rows if row])


def understood(restored: str | None, texts: Texts) -> list[str]:
    """Return the line that tells which diacritics were put back, none where none were."""
    if restored is None:
        return []
    return [texts.understood.format(question=escaped(line(restored, QUESTION_LIMIT)))]


def lacking(missing: tuple[str, ...], texts: Texts) -> list[str]:
    """Return the line that names what the documents do not mention, none where nothing is."""
    if not missing:
        return []
    return [texts.missing.format(words=escaped(line(", ".join(missing), MISSING_LIMIT)))]


def _quoted(number: int, quotation: Quotation, opening: str, limit: int, texts: Texts) -> str:
    citation, passage = quotation.citation, quotation.passage
    heading = f"<b>[{number}]</b> {cited_origin(citation, texts, quotation.collection)}"
    if isinstance(passage, Loss):
        return f"{heading}\n{loss_reply(passage, texts)}"
    heading = headed(heading, passage.headings)
    return f"{heading}\n{opening}{excerpt(passage, citation.highlight, limit)}</blockquote>"


def _reading(page: AnswerPage, texts: Texts) -> Row:
    """Return the buttons that open each citation in its document, and those that turn the page."""
    found = [pair for pair in page.numbered() if not isinstance(pair[1].passage, Loss)]
    back, on = turning_buttons(TurnAnswer, page.number, page.count)
    alone = len(found) == 1 and not back + on
    reading = [
        button(texts.read_button if alone else f"📖 [{number}]", _read(quotation))
        for number, quotation in found
    ]
    return back + reading + on


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
