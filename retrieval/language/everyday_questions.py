"""Everyday questions in Vietnamese and English, about nothing in particular.

A collection of documents holds no questions. These show how questions are worded: to put their
diacritics back, to compute the mean vector of a language's questions, and to measure what a
question scores that no document answers.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

LANGUAGES = ("vi", "en")


@cache
def everyday_questions(language: str) -> tuple[str, ...]:
    """Return the questions in one of `LANGUAGES`, in Unicode normal form C."""
    file = files("retrieval.language") / f"questions.{language}.txt"
    return tuple(file.read_text(encoding="utf-8").splitlines())
