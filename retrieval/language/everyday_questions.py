"""Everyday questions in Vietnamese and English, about nothing in particular.

They show how questions are worded: for their words' diacritics, and for the mean of a language's
questions, which no collection of documents holds.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

LANGUAGES = ("vi", "en")


@cache
def everyday_questions(language: str) -> tuple[str, ...]:
    """Return the questions in one of `LANGUAGES`, in normal form C."""
    file = files("retrieval.language") / f"questions.{language}.txt"
    return tuple(file.read_text(encoding="utf-8").splitlines())
