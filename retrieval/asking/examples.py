"""Questions that a collection may answer, taken from its documents, to show what can be asked.

A document offers the questions that it holds itself, as an FAQ does, and one about its title.
Whether they are answered is for the retriever to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from retrieval.documents import Document
from retrieval.language.detection import language_of
from retrieval.language.words import tokens

_LOOKED_INTO = 12  # documents
_QUESTION = re.compile(r"^[\W\d]*([^\W\d][^?\n]{8,110}\?)[ \t]*$", re.MULTILINE)
_FEWEST_WORDS = 3
_OF_ONE_DOCUMENT = 2
_LONGEST_TITLE = 120
_ABOUT = {
    "vi": "Tài liệu nói gì về “{title}”?",
    "en": "What do the documents say about “{title}”?",
}


def example_questions(documents: Sequence[Document], language: str) -> Iterator[str]:
    """Yield questions in "vi" or "en", those of documents in this language first.

    Of many documents some at even distances are looked into.
    """
    step = max(1, len(documents) // _LOOKED_INTO)
    chosen = [documents[number] for number in range(0, len(documents), step)][:_LOOKED_INTO]
    chosen.sort(key=lambda document: document.language != language)
    for document in chosen:
        yield from islice(_own_questions(document, language), _OF_ONE_DOCUMENT)
    for document in chosen:
        if document.title and len(document.title) <= _LONGEST_TITLE:
            yield _ABOUT[language].format(title=document.title.strip(' .“”"'))


def _own_questions(document: Document, language: str) -> Iterator[str]:
    """Yield the questions that a document holds in the language."""
    for found in _QUESTION.finditer(document.text):
        question = found[1].strip()
        if len(tokens(question)) >= _FEWEST_WORDS and language_of(question) == language:
            yield question
