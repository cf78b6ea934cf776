"""Files parsed earlier: parsed again only where their name or their bytes have changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from retrieval.documents import Document
from retrieval.reading.parse_cache import ParseCache, ParsedFile

OF_ONE = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"


@dataclass
class Parser:
    """Makes documents of any bytes and keeps what it was asked for."""

    asked: list[str] = field(default_factory=list)

    def parse(self, name: str, data: bytes) -> Document:
        self.asked.append(name)
        return Document(name, data.decode())


def test_what_has_not_changed_is_not_parsed_again() -> None:
    first = ParseCache(Parser().parse)
    files = [first.read(name, name.encode()) for name in ("a", "b", "c")]
    parser = Parser()
    again = ParseCache.of(parser.parse, files)
    assert again.read("a", b"a") is files[0]
    assert again.read("b", b"changed").document == Document("b", "changed")
    assert again.read("renamed", b"c").document == Document("renamed", "c")
    assert parser.asked == ["b", "renamed"]


def test_a_parsed_file_has_the_hash_of_its_bytes() -> None:
    parsed = ParseCache(Parser().parse).read("a", b"1")
    assert parsed == ParsedFile(Document("a", "1"), OF_ONE)


def test_what_is_known_is_found_without_its_bytes() -> None:
    parsed = ParsedFile(Document("a", "1"), OF_ONE)
    cache = ParseCache.of(Parser().parse, [parsed])
    assert cache.find("a", OF_ONE) is parsed
    assert cache.find("b", OF_ONE) is cache.find("a", "0" * 64) is None
