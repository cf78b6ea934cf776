"""What a question gets first: its answer, or why there is none."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from bot.replies.answers import AnswerPage, answer_keyboard, page_reply, understood
from bot.replies.buttons import button
from bot.replies.callback_data import ShowNearest
from bot.replies.origin import origin
from bot.texts import Texts
from retrieval.answers import Answer, Hit, Outcome

MAX_QUESTION = 1000  # characters


def answer_reply(answer: Answer, texts: Texts) -> str:
    """Return the excerpts that answer, or those that come nearest and what they lack.

    Where the documents do not tell of the matter, say so and name the nearest document.
    """
    if answer.outcome is not Outcome.NONE:
        return page_reply(AnswerPage.first(answer), texts)
    several = answer.is_from_several
    nearest = [_nearest(hit, several, texts) for hit in answer.hits[:1]]
    told = understood(AnswerPage.first(answer), texts)
    return "\n\n".join([*told, texts.not_found, *nearest])


def question_keyboard(answer: Answer, texts: Texts) -> InlineKeyboardMarkup | None:
    """Return what can be done with a new answer, None where nothing was found."""
    if answer.outcome is not Outcome.NONE:
        return answer_keyboard(AnswerPage.first(answer), texts)
    return nearest_keyboard(texts) if answer.hits else None


def nearest_keyboard(texts: Texts) -> InlineKeyboardMarkup:
    """Return the offer to show the nearest passages where none answers."""
    return InlineKeyboardMarkup([[button(texts.nearest_button, ShowNearest())]])


def may_be_searched(question: str) -> bool:
    """Tell whether a question can be searched for."""
    return 0 < len(question) <= MAX_QUESTION


def objection_reply(question: str, texts: Texts) -> str:
    """Return why a question cannot be searched for."""
    if not question:
        return texts.how_to_ask
    return texts.too_long.format(length=len(question), limit=MAX_QUESTION)


def _nearest(hit: Hit, from_several: bool, texts: Texts) -> str:
    collection = hit.collection.title if from_several else ""
    return texts.nearest.format(document=origin(hit.document, texts, collection))
