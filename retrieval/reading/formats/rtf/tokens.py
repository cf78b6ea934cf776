r"""Rich text -> tokens: control words, groups, bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,40})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\",
    re.DOTALL,
)


class Kind(Enum):
    """What a token is."""

    OPEN = "{"
    CLOSE = "}"
    WORD = "control word"
    SIGN = "control sign"
    TEXT = "bytes of text"


@dataclass(frozen=True, slots=True)
class Token:
    """A token: the name of a word or sign with its number, or bytes of text."""

    kind: Kind
    name: str = ""
    number: int | None = None
    text: bytes = b""


def tokens_of(data: bytes) -> Iterator[Token]:
    """Yield the tokens; what follows the word `bin` is left out with it."""
    at = 0
    while found := _TOKEN.match(data, at):
        at = found.end()
        if found["word"]:
            number = int(found["number"]) if found["number"] else None
            if found["word"] == b"bin":
                at += max(0, number or 0)
            else:
                yield Token(Kind.WORD, found["word"].decode(), number)
        elif found["brace"]:
            yield Token(Kind(found["brace"].decode()))
        elif found["hex"]:
            yield Token(Kind.TEXT, "'", text=bytes.fromhex(found["hex"].decode()))
        elif found["sign"]:
            yield Token(Kind.SIGN, found["sign"].decode("latin-1"))
        elif found["text"]:
            yield Token(Kind.TEXT, text=found["text"])
