"""What is kept of an answer, and what people thought of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.citations import Citation


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer that was sent: the bot's message, whom and what it answers, and what it cited.

    `chat_id` and `message_id` name the bot's message, `thread_id` its forum topic (None outside
    of one), `user_id` who asked and `question_id` the message that asked. `language` is the
    question's, empty if unknown, and `restored` the question with its diacritics put back, None
    where it had them. Where nothing was found, `answered` is false and `citations` are the
    nearest passages; else all hits, best first. `asked_at` knows its time zone.
    """

    chat_id: int
    message_id: int
    thread_id: int | None
    user_id: int
    question_id: int
    question: str
    language: str
    answered: bool
    asked_at: datetime
    citations: tuple[Citation, ...]
    restored: str | None = None


@dataclass(frozen=True, slots=True)
class PoorAnswer:
    """A question that the bot served badly, however often it was asked in the same words.

    It found nothing `unanswered` times, and `unhelpful` people marked an answer to it as such.
    `asked_at` is when it was asked last.
    """

    question: str
    language: str
    asked_at: datetime
    unanswered: int
    unhelpful: int
