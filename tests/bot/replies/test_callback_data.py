from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.replies.answers import AnswerPage, answer_keyboard
from bot.replies.callback_data import (
    ButtonData,
    ChooseLanguage,
    Keep,
    Rate,
    ReadDocument,
    Remove,
    RemoveSurely,
    ShowNearest,
    ShowSources,
    TurnAnswer,
    TurnCollection,
    TurnDocument,
    TurnDocuments,
    TurnRemovable,
)
from bot.replies.collection import CollectionPage, turning_keyboard
from bot.replies.questions import nearest_keyboard
from bot.replies.quotations import Quotation
from bot.replies.reader import DocumentPage, document_keyboard
from bot.texts import ENGLISH
from retrieval.documents import Passage, Span
from tests.helpers.replies import VISIT_CITED, data
from tests.helpers.samples import VISIT, VISIT_HIT


def test_data_are_what_their_handlers_listen_for_and_fit() -> None:
    huge = Span(999_999_998, 999_999_999)
    cited = replace(VISIT_CITED, highlight_start=huge.start, highlight_end=huge.end)
    found, passage = Quotation(cited, VISIT_HIT.passage), Passage(VISIT, huge, ())
    keyboards = [
        answer_keyboard(AnswerPage((found,) * 3, 99, 200, answered=True), ENGLISH),
        document_keyboard(DocumentPage((passage,) * 3, 2, huge), ENGLISH),
        nearest_keyboard(ENGLISH),
        turning_keyboard(TurnCollection, CollectionPage((), 55_555, 99_999, 999_990)),
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


@pytest.mark.parametrize(
    ("button", "written"),
    [
        (ShowNearest(), "near"),
        (TurnAnswer(12), "more:12"),
        (ShowSources(1), "sources:1"),
        (Rate("up"), "rate:up"),
        (ReadDocument("0123456789abcdef", 44, 94), "read:0123456789abcdef:44:94"),
        (TurnDocument("0123456789abcdef", 7, 44, 94), "turn:0123456789abcdef:7:44:94"),
        (TurnCollection(3), "list:3"),
        (TurnDocuments(3), "documents:3"),
        (TurnRemovable(3), "forget:page:3"),
        (Remove("0123456789abcdef"), "forget:0123456789abcdef"),
        (RemoveSurely("0123456789abcdef"), "forget:0123456789abcdef:yes"),
        (Keep(), "forget:keep"),
        (ChooseLanguage("auto"), "language:auto"),
    ],
)
def test_what_is_written_is_read_again_and_stays_what_old_buttons_carry(
    button: ButtonData, written: str
) -> None:
    assert button.write() == written
    assert type(button).read(written) == button


@pytest.mark.parametrize("data", ["", "more:", "more:x", "more:1:2", "rate:sideways", "xmore:1"])
def test_other_data_are_of_no_kind(data: str) -> None:
    for kind in (TurnAnswer, Rate):
        with pytest.raises(ValueError, match=f"no {kind.__name__}"):
            kind.read(data)
