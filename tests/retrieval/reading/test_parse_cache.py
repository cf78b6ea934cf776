"""Files read before: parsed again only where their name or their bytes have changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from retrieval.documents import Document
from retrieval.reading.parse_cache import ParseCache


@dataclass
class Parser:
    """Makes documents of any bytes and keeps what it was asked for."""

    asked: list[str] = field(default_factory=list)

    def parse(self, name: str, data: bytes) -> Document:
        self.asked.append(name)
        return Document(name, data.decode())


def test_what_has_not_changed_is_not_parsed_again() -> None:
    first = ParseCache(Parser().parse)
    documents = [first.read(name, name.encode()) for name in ("a", "b", "c")]
    parser = Parser()
    again = ParseCache.again(parser.parse, documents, first.files(documents))
    assert again.read("a", b"a") is documents[0]
    assert again.read("b", b"changed") == Document("b", "changed")
    assert again.read("renamed", b"c") == Document("renamed", "c")
    assert parser.asked == ["b", "renamed"]


def test_the_files_of_the_documents_that_are_left() -> None:
    readings = ParseCache(Parser().parse)
    kept, _ = readings.read("a", b"1"), readings.read("b", b"1")
    assert readings.files([kept]) == {
        "a": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
    }
