from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from bot.citations import Citation
from bot.replies.answers import AnswerPage, answer_keyboard
from bot.replies.buttons import copied
from bot.replies.callback_data import (
    Rate,
    ReadDocument,
    ShowNearest,
    ShowSources,
    TurnAnswer,
    TurnCollection,
    TurnDocument,
)
from bot.replies.markup import units
from bot.replies.questions import nearest_keyboard
from bot.replies.quotations import Loss, Quotation
from bot.replies.reader import DocumentPage, document_keyboard
from bot.replies.sources import CollectionPage, collection_keyboard, sources_keyboard
from bot.texts import ENGLISH, VIETNAMESE, Texts
from retrieval.documents import Passage, Span
from tests.helpers.samples import SUMMIT, SUMMIT_HIT, VISIT, VISIT_HIT, answer, hit

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


def test_an_answer_can_be_read_turned_copied_opened_and_rated() -> None:
    page = AnswerPage.first(answer(SUMMIT_HIT, VISIT_HIT, VISIT_HIT, VISIT_HIT))
    assert shown(answer_keyboard(page, VIETNAMESE)) == [
        [("📖 [1]", READ_SUMMIT), ("📖 [2]", READ_VISIT), ("📖 [3]", READ_VISIT), ("▶", "more:2")],
        [
            ("📋 Sao chép [1]", SUMMIT_COPIED),
            ("🔗 Mở [1]", "https://example.org/ammtc?id=15&lang=vi"),
        ],
        [("📚 Nguồn", "sources:1"), ("👍", "rate:up"), ("👎", "rate:down")],
    ]


def test_a_page_in_the_middle_turns_both_ways() -> None:
    page = AnswerPage((Quotation.of(VISIT_HIT),) * 3, number=2, count=3, answered=True)
    first, second, third = shown(answer_keyboard(page, VIETNAMESE))
    assert first == [
        ("◀", "more:1"),
        ("📖 [4]", READ_VISIT),
        ("📖 [5]", READ_VISIT),
        ("📖 [6]", READ_VISIT),
        ("▶", "more:3"),
    ]
    assert second == [("📋 Sao chép [4]", VISIT_COPIED)]
    assert third[0] == ("📚 Nguồn", "sources:2")


def test_a_single_excerpt_needs_no_number() -> None:
    keyboard = answer_keyboard(AnswerPage.first(answer(VISIT_HIT)), VIETNAMESE)
    assert shown(keyboard)[:2] == [
        [("📖 Đọc trong tài liệu", READ_VISIT)],
        [("📋 Sao chép", VISIT_COPIED)],
    ]


def test_what_is_no_answer_is_not_rated() -> None:
    page = AnswerPage.first(answer(VISIT_HIT, answered=False))
    assert shown(answer_keyboard(page, ENGLISH))[-1] == [("📚 Sources", "sources:1")]


def test_what_is_lost_can_be_neither_read_nor_copied() -> None:
    lost = Quotation(SUMMIT_CITED, Loss.GONE)
    page = AnswerPage((lost, Quotation.of(VISIT_HIT)), 1, 1, answered=True)
    assert shown(answer_keyboard(page, ENGLISH))[:2] == [
        [("📖 Read in the document", READ_VISIT)],
        [("📚 Sources", "sources:1"), ("👍", "rate:up"), ("👎", "rate:down")],
    ]
    assert shown(sources_keyboard(page, VIETNAMESE)) == [[("📋 [2]", VISIT_COPIED)]]
    nothing = AnswerPage((lost,), 1, 1, answered=True)
    assert shown(answer_keyboard(nothing, ENGLISH)) == [
        [("📚 Sources", "sources:1"), ("👍", "rate:up"), ("👎", "rate:down")]
    ]
    assert sources_keyboard(nothing, ENGLISH) is None


def test_the_nearest_passages_are_offered() -> None:
    assert shown(nearest_keyboard(ENGLISH)) == [[("🔎 Show the nearest passages", "near")]]


def test_every_source_can_be_copied() -> None:
    page = AnswerPage.first(answer(SUMMIT_HIT, VISIT_HIT))
    assert shown(sources_keyboard(page, VIETNAMESE)) == [
        [("📋 [1]", SUMMIT_COPIED), ("📋 [2]", VISIT_COPIED)]
    ]


def test_a_document_can_be_turned_copied_and_opened() -> None:
    later = replace(SUMMIT_HIT.passage, span=Span(95, 118))
    page = DocumentPage((VISIT_HIT.passage, SUMMIT_HIT.passage, later), 2, Span(44, 94))
    digits = SUMMIT.hash[:16]
    assert shown(document_keyboard(page, VIETNAMESE)) == [
        [("◀", f"turn:{digits}:0:44:94"), ("▶", f"turn:{digits}:95:44:94")],
        [
            ("📋 Sao chép", SUMMIT_COPIED),
            ("🔗 Mở", "https://example.org/ammtc?id=15&lang=vi"),
        ],
    ]


def test_a_page_on_which_nothing_was_cited_is_copied_from_its_start() -> None:
    page = DocumentPage((VISIT_HIT.passage,), 1, Span(90, 99))
    assert shown(document_keyboard(page, ENGLISH)) == [
        [("📋 Copy", f"“{VISIT.text}” — visit, August 2024")]
    ]


@pytest.mark.parametrize(
    ("number", "count", "buttons"),
    [
        (1, 3, [("▶", "list:2")]),
        (2, 3, [("◀", "list:1"), ("▶", "list:3")]),
        (3, 3, [("◀", "list:2")]),
    ],
)
def test_the_list_of_documents_turns(
    number: int, count: int, buttons: list[tuple[str, str]]
) -> None:
    assert shown(collection_keyboard(CollectionPage((VISIT,), number, count, 30))) == [buttons]


def test_a_list_on_one_page_has_no_buttons() -> None:
    assert collection_keyboard(CollectionPage.of([VISIT], 1)) is None


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://example.org", True),
        ("http://example.org:8080/a", True),
        ("https://vi.example.org/tin-tức?id=1#2", True),
        ("", False),
        ("https://localhost/a", False),
        ("https://example.org/a b", False),
        ("https://user@example.org/", False),
        ("ftp://example.org", False),
        ("example.org", False),
        ("https://example..org", False),
        ("https://example.org/".ljust(2049, "x"), False),
    ],
)
def test_only_what_telegram_opens_becomes_a_button(url: str, opens: bool) -> None:
    found = hit(replace(VISIT, url=url), VISIT_CITED.quote)
    keyboard = answer_keyboard(AnswerPage.first(answer(found)), ENGLISH)
    assert any(b.url == url for row in keyboard.inline_keyboard for b in row) is opens


def test_a_citation_that_fits_is_copied_whole_on_one_line() -> None:
    cited = replace(VISIT_CITED, title="T" * 120, quote="They\n met.", url="https://x.org/")
    whole = f"“They met.” — {'T' * 120}, 8/2024, https://x.org/"
    assert copied(cited, VIETNAMESE) == whole


def test_of_a_long_citation_the_title_and_the_words_are_cut() -> None:
    cited = replace(VISIT_CITED, title="T" * 120, quote="mười " * 99)
    assert copied(cited, VIETNAMESE) == f"“{'mười ' * 37}mười…” — {'T' * 49}…, 8/2024"


def test_an_address_too_long_to_be_copied_is_left_out() -> None:
    long = replace(SUMMIT_CITED, quote="mười " * 99, url="https://x.org/".ljust(120, "y"))
    line = copied(long, VIETNAMESE)
    assert line.endswith(f"mười…” — Hội nghị AMMTC 15, TTXVN, 29/9/2021, {long.url}")
    assert 250 < len(line) <= 256
    without = replace(long, url=f"{long.url}y")
    assert copied(without, VIETNAMESE).endswith("mười…” — Hội nghị AMMTC 15, TTXVN, 29/9/2021")


words = st.text(st.sampled_from('aế<>&" \n😀\u0301'), max_size=300)
citations = st.builds(
    Citation,
    document=words,
    hash=st.just(SUMMIT.hash),
    title=words,
    source=words,
    date=words,
    url=words.map(lambda path: f"https://x.org/{path}"),
    start=st.just(0),
    end=st.just(9),
    highlight_start=st.just(0),
    highlight_end=st.just(9),
    quote=words,
)


@given(citations, st.sampled_from([VIETNAMESE, ENGLISH]))
def test_any_citation_fits_into_what_can_be_copied(citation: Citation, texts: Texts) -> None:
    assert 0 < units(copied(citation, texts)) <= 256


def test_data_are_what_their_handlers_listen_for_and_fit() -> None:
    huge = Span(999_999_998, 999_999_999)
    cited = replace(VISIT_CITED, highlight_start=huge.start, highlight_end=huge.end)
    found, passage = Quotation(cited, VISIT_HIT.passage), Passage(VISIT, huge, ())
    keyboards = [
        answer_keyboard(AnswerPage((found,) * 3, 99, 200, answered=True), ENGLISH),
        document_keyboard(DocumentPage((passage,) * 3, 2, huge), ENGLISH),
        nearest_keyboard(ENGLISH),
        collection_keyboard(CollectionPage((), 55_555, 99_999, 999_990)),
    ]
    kinds = (
        ReadDocument,
        TurnAnswer,
        ShowSources,
        TurnDocument,
        ShowNearest,
        TurnCollection,
        Rate,
    )
    patterns = [kind.pattern() for kind in kinds]
    for keyboard in keyboards:
        assert keyboard is not None
        for sent in data(keyboard):
            assert len(sent.encode()) <= 64
            assert len([pattern for pattern in patterns if re.match(pattern, sent)]) == 1
