"""Why a file gives no document, or not all of it, and what to do: one line for each cause.

The causes have names, so that the bot can tell them in other languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from retrieval.errors import UserError


class Cause(Enum):
    """What is wrong with a file; the value is its line in English, with placeholders."""

    NAME = "its name holds control characters; rename it"
    SAME_NAME = "its name differs from another only in Unicode form; rename one"
    SAME_TEXT = "its text is that of {name}; remove one of the two"
    FORMAT = "its format cannot be read; save it as one of {suffixes}"
    LINK = "it is a link out of the folder; put the file itself there"
    NO_FILE = "it is no regular file; put the file itself there"
    CHANGED = "it has changed since it was read"
    UNOPENABLE = "it cannot be opened ({error}); check its permissions"
    LARGE = "it is larger than {limit} MB; split it"
    LONG = "its text is longer than {limit} million characters; split it"
    UNPACKED = "it unpacks to more than {limit} MB; save its text alone"
    SLOW = "reading it takes more than {limit} s; save its text alone"
    MEMORY = "reading it takes more than {limit} MB of memory; save its text alone"
    CRASH = "the program that reads it breaks down on it; save its text alone"
    DAMAGED = "it is damaged or no {suffix} file; save it again"
    ENCRYPTED = "it is encrypted; save it without a password"
    ENCODING = "its encoding cannot be told with certainty; save it as UTF-8"
    EMPTY = "it holds no text; write some or remove it"
    PICTURES = (
        "it holds no text, only pictures; install Tesseract, which reads them (on Debian:"
        " tesseract-ocr and tesseract-ocr-vie), or run OCR on it first"
    )
    PICTURES_OFF = "it holds no text, only pictures; set OCR=on, or run OCR on it first"
    BLANK = "it holds no text, only pictures in which none was found; send what shows text"
    UNSURE = "its text cannot be recognised with certainty; scan it again, sharper or larger"
    UNREAD = (
        "it is a picture that cannot be read within the limits of size, time and memory; make it"
        " smaller, or split it"
    )
    UNMAPPED = (
        "its font does not say which characters its letters are; run OCR on it, or save it again"
        " from the program that made it"
    )
    PICTURE_PAGES = (
        "page {pages}: a picture, not read; install Tesseract, which reads it (on Debian:"
        " tesseract-ocr and tesseract-ocr-vie), or run OCR on it first"
    )
    PICTURE_PAGES_OFF = "page {pages}: a picture, not read; set OCR=on, or run OCR on it first"
    BLANK_PAGES = "page {pages}: a picture in which no text was found"
    UNSURE_PAGES = (
        "page {pages}: left out, since its text cannot be recognised with certainty; scan it again,"
        " sharper or larger"
    )
    UNREAD_PAGES = (
        "page {pages}: a picture, not read within the limits of size, time and memory; split the"
        " file, or raise PARSE_SECONDS"
    )
    RECOGNISED_PAGES = (
        "page {pages}: text recognised in a picture; compare it with the page, […] stands for"
        " unsure words"
    )
    UNMAPPED_PAGES = (
        "page {pages}: read in part, since the font does not say which characters its letters are;"
        " run OCR on it, or save it again from the program that made it"
    )
    HIDDEN_SHEETS = "hidden sheets are not read: {names}; show them if they are to be read"
    HIDDEN_CELLS = "hidden rows or columns are not read: {names}; show them if they are to be read"
    HIDDEN_SLIDES = "hidden slides are not read: {slides}; show them if they are to be read"
    ATTACHMENTS = "only {limit} attachments are read; save the others as files"
    NESTED = "messages within messages are read to a depth of {limit}; save the others as files"
    NO_LIBREOFFICE = (
        "its format needs LibreOffice, which is not installed; install it"
        " (Debian: {package}), or save the file as {suffix}"
    )
    NOT_CONVERTED = (
        "LibreOffice cannot open it: it is damaged or has a password; save it as {suffix}"
    )
    NO_MAIN_TEXT = "it holds no main text; save the article itself as text"
    NO_YAML = "its front matter is no valid YAML; put it right"
    NO_YAML_LINE = (
        "its front matter is no valid YAML (line {line});"
        " put it right: a value with a colon in it needs quotes"
    )
    NO_KEYS = "its front matter is no list of `key: value` lines; put it right"
    NO_VALUE = "its front matter has no valid {key}; write it as {example}"
    NOT_ONE_LINE = "its front matter has no single {key}; write it in one line"


OF_PICTURES = frozenset(
    {
        Cause.PICTURE_PAGES,
        Cause.PICTURE_PAGES_OFF,
        Cause.BLANK_PAGES,
        Cause.UNSURE_PAGES,
        Cause.UNREAD_PAGES,
        Cause.UNMAPPED_PAGES,
        Cause.RECOGNISED_PAGES,
    }
)
"""The warnings that depend on whether and how text in pictures is recognised."""


class UnreadableError(UserError):
    """A file gives no document; the message says why and what to do, without the file's name."""

    def __init__(self, cause: Cause, **details: str) -> None:
        """Store the cause and the values of its placeholders."""
        super().__init__(cause.value.format(**details))
        self.cause = cause
        self.details = details


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that gave no document; `name` and `reason` can be shown to the user as they are."""

    name: str
    reason: str

    @classmethod
    def of(cls, name: str, error: UnreadableError) -> Refusal:
        """Return the refusal of a file of any name."""
        return cls(shown(name), str(error))


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something that could not be read in a file that gives a document nevertheless.

    `details` are the values of the cause's placeholders. `part` names what the warning is about
    where that is not the file itself, such as the attachment of a message.
    """

    cause: Cause
    details: Mapping[str, str] = field(default_factory=dict)
    part: str = ""

    def __str__(self) -> str:
        """Return the cause's line in English, which can be shown to the user as it is."""
        named = f"{self.part}: " if self.part else ""
        return shown(named + self.cause.value.format(**self.details))

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> ReadingWarning:
        """Return the warning that `to_record` gave; raises KeyError for another record."""
        return cls(Cause[record["cause"]], record["details"], record["part"])

    def to_record(self) -> dict[str, Any]:
        """Return the warning as JSON can hold it."""
        return {"cause": self.cause.name, "details": dict(self.details), "part": self.part}


def shown(text: str) -> str:
    """Return `text` on one line, with escapes for characters that cannot be seen."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
