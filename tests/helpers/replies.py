"""Replies and keyboards as tests look at them, and strategies that draw what is replied with."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from bot.citations import Citation
from bot.replies.answers import AnswerPage
from bot.replies.quotations import Loss, Quotation
from bot.texts import ENGLISH, VIETNAMESE
from retrieval.answers import Answer, Hit, Outcome
from retrieval.documents import Document, Heading, Passage, Span
from retrieval.periods import Period
from retrieval.scopes import Scope
from tests.helpers.bot_api import shown_text
from tests.helpers.fake_telegram import Json
from tests.helpers.samples import SUMMIT, SUMMIT_HIT, VISIT, VISIT_HIT, answer

LIMIT = 4096


def length(markup: str) -> int:
    return len(shown_text(markup).encode("utf-16-le")) // 2


def entities(markup: str) -> int:
    return len(re.findall(r"<\w", markup))


def page_of(*hits: Hit) -> AnswerPage:
    """Return the only page of an answer."""
    return AnswerPage.first(answer(*hits))


words = st.text(st.sampled_from("aế<>&\"'\n 😀\u0301"), min_size=1, max_size=60)


texts = st.sampled_from([VIETNAMESE, ENGLISH])


@st.composite
def hits(draw: st.DrawFn) -> Hit:
    """Return a hit whose sentences may be of any length, with gaps between them."""
    stretch = st.tuples(words, st.integers(1, 60))
    pieces = [piece * times for piece, times in draw(st.lists(stretch, min_size=1, max_size=9))]
    text, sentences = "", []
    for piece in pieces:
        sentences.append(Span(len(text), len(text) + len(piece)))
        text += f"{piece}\n\n"
    document = Document(
        name=draw(words),
        text=text,
        title=draw(st.just("") | words.map(lambda title: title * 9)),
        source=draw(words) * 9,
        date=draw(st.sampled_from(["", "2021", "2021-09-29"]) | words),
        url=draw(st.just("") | words.map(lambda path: f"https://x.org/{path}")),
    )
    document = replace(document, headings=draw(st.just(()) | st.just(_nested(sentences))))
    passage = Passage(document, Span(0, sentences[-1].end), tuple(sentences))
    return Hit(passage, draw(st.sampled_from(sentences)), 0.5)


def _nested(sentences: list[Span]) -> tuple[Heading, ...]:
    """Return the sentences as headings, each below the one before."""
    return tuple(Heading(sentence, level) for level, sentence in enumerate(sentences, start=1))


answers = st.builds(
    Answer,
    question=words,
    language=st.sampled_from(["vi", "en", ""]),
    restored=st.none() | words.map(lambda question: question * 20),
    outcome=st.sampled_from(Outcome),
    hits=st.lists(hits(), max_size=3).map(tuple),
    missing=st.lists(words, max_size=9).map(tuple),
)


@st.composite
def pages(draw: st.DrawFn) -> AnswerPage:
    """Return a page with up to three quotations, some of them lost."""
    found = draw(st.lists(hits(), max_size=3))
    quotations = [Quotation.of(one) for one in found]
    kept = [
        replace(
            one,
            passage=draw(st.sampled_from([one.passage, Loss.CHANGED, Loss.GONE])),
            also_in=tuple(each.document for each in found) * draw(st.integers(0, 9)),
        )
        for one in quotations
    ]
    limited = Scope(Period.of(2024, 8), draw(words), newest=True)
    restored = draw(st.none() | words.map(lambda question: question * 20))
    return AnswerPage(
        tuple(kept),
        number=draw(st.integers(1, 4)),
        count=4,
        answered=draw(st.booleans()),
        restored=restored,
        missing=tuple(draw(st.lists(words, max_size=9))),
        scope=draw(st.sampled_from([Scope(), limited])),
    )


SUMMIT_CITED, VISIT_CITED = Citation.of(SUMMIT_HIT), Citation.of(VISIT_HIT)


SUMMIT_COPIED = (
    "“Trung tướng Lương Tam Quang dự hội nghị sáng 29/9.” — "
    "Hội nghị AMMTC 15, TTXVN, 29/9/2021, https://example.org/ammtc?id=15&lang=vi"
)


VISIT_COPIED = "“Minister Quang met Kao Kim Hourn in Vientiane.” — visit, 8/2024"


READ_SUMMIT = f"read:{SUMMIT.hash[:16]}:44:94"


READ_VISIT = f"read:{VISIT.hash[:16]}:0:46"


def shown(keyboard: InlineKeyboardMarkup | None) -> list[list[tuple[str, str]]]:
    """Return each button as its label and what it sends, copies or opens."""
    assert keyboard is not None
    return [
        [(b.text, str(b.callback_data or b.url or (b.copy_text and b.copy_text.text))) for b in row]
        for row in keyboard.inline_keyboard
    ]


def data(keyboard: InlineKeyboardMarkup) -> list[str]:
    buttons = (button for row in keyboard.inline_keyboard for button in row)
    return [str(button.callback_data) for button in buttons if button.callback_data]


def buttons(parameters: Json) -> list[list[tuple[str, str]]]:
    """Return the labels and the data of the buttons below a message that was sent."""
    rows = parameters.get("reply_markup", {}).get("inline_keyboard", [])
    return [[(each["text"], each.get("callback_data", "")) for each in row] for row in rows]
