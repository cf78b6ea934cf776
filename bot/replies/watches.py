"""What /watch replies, and what a chat hears when a new document answers its question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardMarkup

from bot.replies.answers import QUESTION_LIMIT, AnswerPage, page_reply
from bot.replies.buttons import button
from bot.replies.callback_data import Unwatch
from bot.replies.markup import escaped, line
from bot.store import Watch
from bot.texts import Texts
from retrieval.answers import Answer

MOST = 10  # questions that a person may watch; more would not fit into a list either
LISTED = 200  # characters of a question in the list
LABEL_LIMIT = 50


def watching_reply(question: str, texts: Texts) -> str:
    """Say that the chat will hear."""
    return texts.watch_added.format(question=_shown(question, QUESTION_LIMIT))


def list_reply(watches: Sequence[Watch], texts: Texts) -> str:
    """Return the watched questions of a chat, or how one is watched."""
    if not watches:
        return f"{texts.watch_none}\n\n{texts.how_to_watch}"
    listed = (
        f"{number}. {_shown(watch.question, LISTED)}" for number, watch in enumerate(watches, 1)
    )
    return "\n".join([texts.watch_list, *listed, "", texts.how_to_watch])


def list_keyboard(watches: Sequence[Watch]) -> InlineKeyboardMarkup | None:
    """Return a button for each watched question that removes it, None where there is none."""
    rows = [
        [button(f"🗑 {line(watch.question, LABEL_LIMIT)}", Unwatch(watch.number))]
        for watch in watches
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def news_reply(watch: Watch, answer: Answer, texts: Texts) -> str:
    """Return the excerpts of new documents that answer a watched question."""
    told = texts.watch_answered.format(question=_shown(watch.question, QUESTION_LIMIT))
    page = replace(AnswerPage.first(answer), restored=None)  # the question stands above already
    return f"{told}\n\n{page_reply(page, texts)}"


def _shown(question: str, limit: int) -> str:
    return escaped(line(question, limit))
