from __future__ import annotations

import re
from dataclasses import replace

from telegram import InlineKeyboardMarkup

from bot.replies.callback_data import Keep, Remove, RemoveSurely, TurnDocuments, TurnRemovable
from bot.replies.collection import CollectionPage
from bot.replies.documents import (
    choice_keyboard,
    documents_keyboard,
    documents_reply,
    removal_keyboard,
    removal_question,
    shown_title,
)
from bot.texts import ENGLISH
from retrieval.documents import Document
from retrieval.reading.formats import MAIN_SUFFIXES

SENT = Document("from-chat/A&B_minutes.txt", "They met.")
PATTERNS = [k.pattern() for k in (TurnDocuments, TurnRemovable, Remove, RemoveSurely, Keep)]


def labels(keyboard: InlineKeyboardMarkup | None) -> list[list[str]]:
    return [[each.text for each in row] for row in keyboard.inline_keyboard] if keyboard else []


def test_the_list_numbers_the_documents_and_marks_those_from_the_chat() -> None:
    kept = Document("old.txt", "They met.", title="Minutes")
    shown = documents_reply(CollectionPage((kept, SENT), 2, 2, 12), ENGLISH)
    assert shown == (
        "<b>Documents (12)</b>\n11. Minutes\n12. 📎 A&amp;B minutes\n\n"
        + ENGLISH.how_to_add.format(suffixes=", ".join(MAIN_SUFFIXES))
    )


def test_a_page_in_the_middle_turns_both_ways() -> None:
    page = CollectionPage((SENT,), 2, 3, 21)
    assert labels(documents_keyboard(page)) == [["◀", "▶"]]
    assert labels(choice_keyboard(page)) == [["A&B minutes"], ["◀", "▶"]]


def test_a_single_page_does_not_turn() -> None:
    page = CollectionPage.of([SENT], 1)
    assert documents_keyboard(page) is None
    assert labels(choice_keyboard(page)) == [["A&B minutes"]]


def test_long_titles_are_cut() -> None:
    long = replace(SENT, title="<b> " * 99)
    assert shown_title(long) == "&lt;b&gt; " * 29 + "&lt;b&gt;…"
    assert labels(choice_keyboard(CollectionPage.of([long], 1))) == [["<b> " * 14 + "<b>…"]]


def test_before_a_document_goes_it_is_asked() -> None:
    assert removal_question(SENT, ENGLISH) == (
        "Shall I remove <b>A&amp;B minutes</b>? I would no longer answer from it."
    )
    assert labels(removal_keyboard(SENT, ENGLISH)) == [["🗑 Remove", "Keep"]]


def test_data_are_what_their_handlers_listen_for_and_fit() -> None:
    page = CollectionPage((SENT,), 55_555, 99_999, 999_990)
    for keyboard in (
        choice_keyboard(page),
        documents_keyboard(page),
        removal_keyboard(SENT, ENGLISH),
    ):
        assert keyboard is not None
        for button in (each for row in keyboard.inline_keyboard for each in row):
            data = str(button.callback_data)
            assert len(data.encode()) <= 64
            assert len([pattern for pattern in PATTERNS if re.match(pattern, data)]) == 1
