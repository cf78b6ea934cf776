"""What a question gets: an answer with hits, each a passage with the sentence that answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from retrieval.documents import Document, Passage, Span
from retrieval.scopes import Scope


@dataclass(frozen=True, slots=True)
class Part:
    """What one kind of evidence adds to a score: its value times its weight."""

    name: str
    value: float
    weight: float

    @property
    def adds(self) -> float:
        """The part's share in the score."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class CollectionLabel:
    """What names a collection: `name` in settings and data, `title` for people.

    Both are empty where all documents are one collection.
    """

    name: str = ""
    title: str = ""


@dataclass(frozen=True)
class Hit:
    """A passage found for a question.

    `highlight` is the answering sentence, as a span of the document's text. `parts` add up to the
    `score`. `also_in` are the other documents of the collection that are the same report.
    `collection` is the one that the document belongs to.
    """

    passage: Passage
    highlight: Span
    score: float
    parts: tuple[Part, ...] = ()
    also_in: tuple[Document, ...] = ()
    collection: CollectionLabel = CollectionLabel()

    @property
    def document(self) -> Document:
        """The document from which the passage comes."""
        return self.passage.document

    @property
    def quote(self) -> str:
        """The answering sentence, in the document's own words."""
        return self.highlight.of(self.document.text)

    @property
    def highlight_in_text(self) -> Span:
        """The answering sentence as a span of the passage's text."""
        return self.highlight.shifted(-self.passage.span.start)


class Outcome(StrEnum):
    """How a search ended.

    `ANSWER`: the first hit answers. `NEAREST`: the documents tell of the matter, but not what was
    asked. `NONE`: they do not tell of the matter.
    """

    ANSWER = "answer"
    NEAREST = "nearest"
    NONE = "none"


class Courtesy(Enum):
    """What a message says that asks nothing of the documents.

    A greeting may also ask who the bot is and what it does. `NOTHING` is a test, a lone number, a
    sign or a word that neither greets nor thanks.
    """

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Answer:
    """The hits for a question, best first, and whether they answer it.

    `language` is the question's ISO 639-1 code, such as "vi", and empty where it is unknown.
    `restored` is the question as it was understood: its spelling put right, with what it takes over
    from the question before it, and with its limits as they can be typed. It is None where nothing
    was changed.
    `hits` holds the nearest passages whatever the outcome. It is empty only where there is nothing
    to search for: the collection holds no passage, or the question no word, or it is a `courtesy`,
    or it is `incomplete`, a follow-up such as "And in 2022?" of no question.
    `missing` names what was asked and is not near the first hit, in the words of the question as it
    was understood. It may be empty.
    `scope` tells what the documents were limited to. `outside` is true where none within it answers
    and the hits come from the others, which are never an answer. `collections` are those that were
    asked.
    """

    question: str
    language: str
    restored: str | None
    outcome: Outcome
    hits: tuple[Hit, ...]
    missing: tuple[str, ...] = ()
    courtesy: Courtesy | None = None
    incomplete: bool = False
    scope: Scope = Scope()
    outside: bool = False
    collections: tuple[CollectionLabel, ...] = ()

    @property
    def is_from_several(self) -> bool:
        """Whether several collections were asked, so that a hit should say which one it is from."""
        return len(self.collections) > 1

    @property
    def answered(self) -> bool:
        """Whether the first hit answers the question."""
        return self.outcome is Outcome.ANSWER

    @property
    def understood(self) -> str:
        """The question as it was understood."""
        return self.question if self.restored is None else self.restored
