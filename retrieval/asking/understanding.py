"""What a message is understood to ask.

Typed filters and courtesies are set apart first. Then its spelling is read: capitals, the keys of
Telex and VNI, diacritics that are missing, words that are misspelled. A follow-up is completed at
the end, and the dates of the documents that are asked for are set apart.

What is understood is written with its limits as they can be typed. So the question after it, which
may be a follow-up, keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from retrieval.answers import Courtesy
from retrieval.asking.courtesies import courtesy_in, without_courtesies
from retrieval.asking.document_dates import of_documents
from retrieval.asking.follow_ups import element_of, following, fragment_of
from retrieval.asking.recency import asks_for_newest
from retrieval.asking.typed_filters import without_filters
from retrieval.asking.written_periods import period_at
from retrieval.language.detection import language_of
from retrieval.language.diacritics import Restorer
from retrieval.language.keyboards import decoded
from retrieval.language.words import normal, tokens
from retrieval.scopes import Scope


@dataclass(frozen=True, slots=True)
class Understanding:
    """A message as it is understood.

    `text` is what is searched for, in normal form C; it is empty where the message asks nothing:
    it is a `courtesy`, or `incomplete`, a follow-up without a question before it, or has no word.
    `restored` is the question as people are told that it was understood, None where it is as it was
    typed. `typed` are the words in which diacritics were typed, not put back. `scope` is what the
    documents are limited to.
    """

    text: str
    language: str
    restored: str | None = None
    typed: str = ""
    courtesy: Courtesy | None = None
    incomplete: bool = False
    scope: Scope = Scope()

    @classmethod
    def of(
        cls,
        message: str,
        restorer: Restorer,
        previous: str | None = None,
        today: date | None = None,
    ) -> Understanding:
        """Read a message.

        Args:
            message: What was written, in any form.
            restorer: Knows how the collection's words are written.
            previous: The question before it in the same conversation, as it was understood.
            today: The day from which "last week" counts; None for the day of the call.
        """
        day = today or date.today()
        text, scope = without_filters(normal(message).strip())
        if said := courtesy_in(decoded(text, restorer.knows) or text):
            return cls("", said.language or language_of(text), courtesy=said.courtesy)
        asked = without_courtesies(text)
        typed, language = _typed(asked, restorer)
        restored = _spelled(typed, asked, language, restorer)
        whole = _Question(restored, scope)
        completed = whole.completed(previous, day) if previous else None
        if completed is None and element_of(restored) is not None:
            return cls("", language, incomplete=True)
        understood = completed or whole.dated(day)
        language = language_of(understood.text) if completed else language
        return cls(
            text=_searched(understood.text, language, restorer),
            language=language,
            restored=understood.told(asked),
            typed=typed,
            scope=replace(understood.scope, newest=asks_for_newest(understood.text)),
        )


@dataclass(frozen=True, slots=True)
class _Question:
    """A question in its right spelling, and what it limits the documents to."""

    text: str
    scope: Scope

    def dated(self, today: date) -> _Question:
        """Take the dates of the documents out, unless they were typed as filters."""
        dated = None if self.scope.period else of_documents(self.text, today)
        if dated is None:
            return self
        return _Question(dated.text, replace(self.scope, period=dated.period))

    def completed(self, previous: str, today: date) -> _Question | None:
        """Return the question that a follow-up means, None where it is whole."""
        before, limits = without_filters(previous)
        scope = self.scope.within(limits)
        if self.scope.is_limited and not tokens(self.text):
            return _Question(before, scope)
        element = element_of(self.text) or fragment_of(self.text) or ""
        if limits.period and (written := period_at(element, 0, today)):
            if written.end == len(element):
                return _Question(before, replace(scope, period=written.period))
        completed = following(self.text, without_courtesies(before))
        return _Question(completed, scope) if completed else None

    def told(self, asked: str) -> str | None:
        """Return the question as people are told it, None where it is what they asked."""
        told = f"{self.text} {self.scope.typed}".strip()
        return None if told == asked else told


def _searched(text: str, language: str, restorer: Restorer) -> str:
    """Return what is searched for, empty where there is no word."""
    searched = restorer.in_own_numbers(text) if language == "vi" else text
    return searched if tokens(searched) else ""


def _typed(asked: str, restorer: Restorer) -> tuple[str, str]:
    """Return a question as its keys were meant, and its language."""
    text = restorer.lower(asked) or asked
    text = decoded(text, restorer.knows) or text
    return text, language_of(text)


def _spelled(typed: str, asked: str, language: str, restorer: Restorer) -> str:
    """Return a question with its diacritics and its words put right."""
    if language != "vi":
        return typed
    # The keys of some words were off, so those of others may have been left out.
    partly = typed.casefold() != asked.casefold()
    restored = restorer.restore(typed, partly=partly) or typed
    return restorer.correct(restored) or restored
