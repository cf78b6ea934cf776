"""Questions on five real documents: how many find their passage, and at which place.

    python -m benchmarks.real_questions

The documents are news articles as people paste them (../shared/seeds). The questions are in
tests/questions.jsonl, each with the words that answer it. A hit is right if it comes from a
document with the answer and its passage holds the answering words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from retrieval.answers import Answer, Hit
from retrieval.language.words import normal
from retrieval.retriever import Retriever
from retrieval.settings import RetrievalSettings

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT.parent / "shared" / "seeds"
QUESTIONS = ROOT / "tests" / "questions.jsonl"


@dataclass(frozen=True)
class Place:
    """The place of an answer: a document's name and the answering words in it."""

    document: str
    words: str

    def is_in(self, hit: Hit) -> bool:
        """Tell whether the hit's passage holds these words."""
        return hit.document.name == self.document and self.words in _squeezed(hit.passage.text)

    def is_bold_in(self, hit: Hit) -> bool:
        """Tell whether the hit's answering sentence holds these words."""
        return self.is_in(hit) and self.words in _squeezed(hit.quote)


@dataclass(frozen=True)
class Question:
    """A question, its kind ("same", "cross", "plain" or "none") and all places of its answer."""

    text: str
    language: str
    kind: str
    places: tuple[Place, ...]

    @classmethod
    def of(cls, row: dict[str, Any]) -> Question:
        """Read a row of the questions' file."""
        found = [row, *row.get("alternatives", [])] if "document" in row else []
        places = tuple(Place(p["document"], _squeezed(p["evidence"])) for p in found)
        return cls(row["question"], row["language"], row["kind"], places)


@dataclass(frozen=True)
class Outcome:
    """A question and its answer."""

    question: Question
    answer: Answer

    def right_within(self, count: int) -> bool:
        """Tell whether one of the first `count` hits is right."""
        return any(p.is_in(h) for h in self.answer.hits[:count] for p in self.question.places)

    @property
    def bold(self) -> bool:
        """Whether the first hit is right and its bold sentence answers."""
        return any(p.is_bold_in(h) for h in self.answer.hits[:1] for p in self.question.places)


def questions() -> list[Question]:
    """Return all questions."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [Question.of(json.loads(line)) for line in lines]


def outcomes(retriever: Retriever, asked: Iterable[Question]) -> list[Outcome]:
    """Ask every question."""
    return [Outcome(question, retriever.ask(question.text)) for question in asked]


def table(found: Sequence[Outcome]) -> str:
    """Return the shares of right answers, one line for each kind and language."""
    lines = ["kind   language  questions  first  first 3  bold  answered"]
    groups = {(o.question.kind, o.question.language) for o in found if o.question.places}
    for kind, language in sorted(groups):
        group = [o for o in found if (o.question.kind, o.question.language) == (kind, language)]
        lines.append(f"{kind:<6} {language:<8}  {_shares(group)}")
    lines.append(f"all              {_shares([o for o in found if o.question.places])}")
    none = [outcome for outcome in found if not outcome.question.places]
    refused = sum(not outcome.answer.answered for outcome in none)
    return "\n".join([*lines, f"without an answer: {refused} of {len(none)} refused"])


def _shares(group: Sequence[Outcome]) -> str:
    first = sum(outcome.right_within(1) for outcome in group) / len(group)
    three = sum(outcome.right_within(3) for outcome in group) / len(group)
    bold = sum(outcome.bold for outcome in group) / len(group)
    answered = sum(outcome.answer.answered for outcome in group) / len(group)
    return f"{len(group):>9}  {first:>5.2f}  {three:>7.2f}  {bold:>4.2f}  {answered:>8.2f}"


def _squeezed(text: str) -> str:
    return " ".join(normal(text).split())


if __name__ == "__main__":
    with TemporaryDirectory() as index:
        settings = RetrievalSettings(seeds=DOCUMENTS, index=Path(index))
        print(table(outcomes(Retriever.open(settings), questions())))
