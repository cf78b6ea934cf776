"""Answers as the store keeps them, and the questions that were answered badly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.citations import Citation


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer that was sent, with its question and its citations.

    Attributes:
        chat_id: The chat of question and answer.
        message_id: The bot's message with the answer.
        thread_id: The forum topic of that message, None outside of one.
        user_id: The person who asked.
        question_id: The message that asked.
        question: The words of the question.
        language: The question's language, empty if unknown.
        answered: Whether an answer was found.
        asked_at: The time of the question, with its time zone.
        citations: All hits, best first; the nearest passages if no answer was found.
        restored: The question with its diacritics put back, None if it had them.
        missing: What was asked and the citations lack.
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
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PoorAnswer:
    """A question that the bot answered badly, counted over all times that it was asked.

    Attributes:
        question: The words of the question, as asked last.
        language: The question's language, empty if unknown.
        asked_at: The time when it was asked last.
        unanswered: How many times nothing was found.
        unhelpful: How many times somebody marked an answer to it as unhelpful.
    """

    question: str
    language: str
    asked_at: datetime
    unanswered: int
    unhelpful: int
