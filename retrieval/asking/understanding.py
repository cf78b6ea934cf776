"""What a message is understood to ask.

Courtesies are set apart first. Then its spelling is read: capitals, the keys of Telex and VNI,
diacritics that are missing, words that are misspelled. A follow-up is completed at the end.
"""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.answers import Courtesy
from retrieval.asking.courtesies import courtesy_in, without_courtesies
from retrieval.asking.follow_ups import element_of, following
from retrieval.language.detection import language_of
from retrieval.language.diacritics import Restorer
from retrieval.language.keyboards import decoded
from retrieval.language.words import normal, tokens


@dataclass(frozen=True, slots=True)
class Understanding:
    """A message as it is understood.

    `text` is what is searched for, in normal form C; it is empty where the message asks nothing:
    it is a `courtesy`, or `incomplete`, a follow-up without a question before it, or has no word.
    `restored` is the question as people are told that it was understood, None where it is as it was
    typed. `typed` are the words in which diacritics were typed, not put back.
    """

    text: str
    language: str
    restored: str | None = None
    typed: str = ""
    courtesy: Courtesy | None = None
    incomplete: bool = False

    @classmethod
    def of(cls, message: str, restorer: Restorer, previous: str | None = None) -> Understanding:
        """Read a message.

        Args:
            message: What was written, in any form.
            restorer: Knows how the collection's words are written.
            previous: The question before it in the same conversation, as it was understood.
        """
        text = normal(message).strip()
        if said := courtesy_in(decoded(text, restorer.knows) or text):
            return cls("", said.language or language_of(text), courtesy=said.courtesy)
        asked = without_courtesies(text)
        typed, language = _typed(asked, restorer)
        restored = _spelled(typed, asked, language, restorer)
        completed = following(restored, without_courtesies(previous)) if previous else None
        if completed is None and element_of(restored) is not None:
            return cls("", language, incomplete=True)
        understood = completed or restored
        language = language_of(understood) if completed else language
        searched = restorer.in_own_numbers(understood) if language == "vi" else understood
        return cls(
            text=searched if tokens(searched) else "",
            language=language,
            restored=None if understood == asked else understood,
            typed=typed,
        )


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
