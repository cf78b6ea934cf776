"""What a button carries: written when the button is made, read when it is pressed.

Each kind of button is a dataclass whose `form` says how its fields are written: numbers, the digits
of a hash (`str`), one of some words (`Literal`), or what a pattern says (`Annotated`). Buttons stay
in the chat for years, so that a form never changes. Telegram allows 64 bytes.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import cache
from typing import Annotated, ClassVar, Literal, Self, get_args, get_origin, get_type_hints

from bot.texts import LANGUAGES
from retrieval.documents import HASH_DIGITS

AUTOMATIC = "auto"


@dataclass(frozen=True, slots=True)
class ButtonData:
    """The data of one kind of button."""

    form: ClassVar[str]

    @classmethod
    @cache
    def pattern(cls) -> str:
        """Return the regular expression that this kind's data match, a group a field."""
        kinds = get_type_hints(cls, include_extras=True)
        form = re.sub(r"\{(\w+)\}", lambda m: f"(?P<{m[1]}>{_pattern(kinds[m[1]])})", cls.form)
        return f"^{form}$"

    @classmethod
    def read(cls, data: str) -> Self:
        """Return the button data that a string holds.

        Raises:
            ValueError: The string is another kind's.
        """
        found = re.match(cls.pattern(), data)
        if found is None:
            raise ValueError(f"no {cls.__name__}")
        kinds = get_type_hints(cls)
        return cls(**{k: int(v) if kinds[k] is int else v for k, v in found.groupdict().items()})

    def write(self) -> str:
        """Return the data as a button carries them."""
        return self.form.format(**asdict(self))


@dataclass(frozen=True, slots=True)
class ShowNearest(ButtonData):
    """Show the passages nearest to a question that found no answer."""

    form = "near"


@dataclass(frozen=True, slots=True)
class TurnAnswer(ButtonData):
    """Show a page of the answer that the button stands on."""

    form = "more:{page}"
    page: int


@dataclass(frozen=True, slots=True)
class ShowSources(ButtonData):
    """Show the sources of a page of the answer that the button stands on."""

    form = "sources:{page}"
    page: int


@dataclass(frozen=True, slots=True)
class Rate(ButtonData):
    """Say whether the answer that the button stands on helped."""

    form = "rate:{thumb}"
    thumb: Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class ReadDocument(ButtonData):
    """Show the words from `start` to `end` in the document whose text's hash begins so."""

    form = "read:{document}:{start}:{end}"
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TurnDocument(ButtonData):
    """Show the passage at `offset` of a document that was opened for the words at `start`."""

    form = "turn:{document}:{offset}:{start}:{end}"
    document: str
    offset: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ShowPage(ButtonData):
    """Show the pages of the file on which the words from `start` to `end` of a document stand."""

    form = "page:{document}:{start}:{end}"
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TurnCollection(ButtonData):
    """Show a page of the list of documents that everyone sees."""

    form = "list:{page}"
    page: int


@dataclass(frozen=True, slots=True)
class TurnDocuments(ButtonData):
    """Show a page of the list of documents that administrators see."""

    form = "documents:{page}"
    page: int


@dataclass(frozen=True, slots=True)
class TurnRemovable(ButtonData):
    """Show a page of the documents that may be removed."""

    form = "forget:page:{page}"
    page: int


@dataclass(frozen=True, slots=True)
class Remove(ButtonData):
    """Ask whether a document is to be removed; `document` is the beginning of its name's hash."""

    form = "forget:{document}"
    document: str


@dataclass(frozen=True, slots=True)
class RemoveSurely(ButtonData):
    """Remove a document, as confirmed."""

    form = "forget:{document}:yes"
    document: str


@dataclass(frozen=True, slots=True)
class Keep(ButtonData):
    """Remove no document."""

    form = "forget:keep"


@dataclass(frozen=True, slots=True)
class Unwatch(ButtonData):
    """Watch a question no longer, by the number of its watch."""

    form = "unwatch:{watch}"
    watch: int


@dataclass(frozen=True, slots=True)
class AddTo(ButtonData):
    """Add the file replied to, to a collection; `collection` begins its name's hash."""

    form = "add:{collection}"
    collection: str


@dataclass(frozen=True, slots=True)
class AskIn(ButtonData):
    """Put questions in private to one collection alone; `collection` begins its name's hash."""

    form = "in:{collection}"
    collection: str


@dataclass(frozen=True, slots=True)
class AskInAll(ButtonData):
    """Put questions in private to all collections that may be read."""

    form = "in:all"


@dataclass(frozen=True, slots=True)
class Exclude(ButtonData):
    """End a membership; both fields begin a hash: of a collection's name, and of who joined it."""

    form = "exclude:{collection}:{member}"
    collection: str
    member: str


@dataclass(frozen=True, slots=True)
class ChooseLanguage(ButtonData):
    """Choose the bot's language by its code, or that of the person's client: `AUTOMATIC`."""

    form = "language:{choice}"
    choice: Annotated[str, "|".join([*LANGUAGES, AUTOMATIC])]


def _pattern(kind: object) -> str:
    """Return the regular expression of a field: a number, the digits of a hash or a choice."""
    if get_origin(kind) is Annotated:
        pattern: str = get_args(kind)[1]
        return pattern
    if kind is int:
        return r"\d{1,9}"
    return f"[0-9a-f]{{{HASH_DIGITS}}}" if kind is str else "|".join(get_args(kind))
