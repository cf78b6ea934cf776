from __future__ import annotations

import re
from dataclasses import replace

from bot.replies.answers import AnswerPage, answer_keyboard
from bot.replies.callback_data import (
    Rate,
    ReadDocument,
    ShowNearest,
    ShowSources,
    TurnAnswer,
    TurnCollection,
    TurnDocument,
)
from bot.replies.questions import nearest_keyboard
from bot.replies.quotations import Quotation
from bot.replies.reader import DocumentPage, document_keyboard
from bot.replies.sources import (
    CollectionPage,
    collection_keyboard,
)
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
