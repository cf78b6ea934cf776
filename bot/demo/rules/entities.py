"""The parser of Telegram's "HTML style": HTML in, plain text and message entities out.

It is strict where Telegram is lenient, so HTML that passes here also passes there and shows as
intended. It takes only the tags and attributes of https://core.telegram.org/bots/api#html-style,
closed in order and nested as "Formatting options" on that page allow, and of the named characters
only `&lt;`, `&gt;`, `&amp;` and `&quot;`. Errors are worded as Telegram words them; their offsets
count bytes of UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import MessageEntity
from telegram.constants import MessageEntityType as Kind

KIND_OF_TAG = {
    "b": Kind.BOLD,
    "strong": Kind.BOLD,
    "i": Kind.ITALIC,
    "em": Kind.ITALIC,
    "u": Kind.UNDERLINE,
    "ins": Kind.UNDERLINE,
    "s": Kind.STRIKETHROUGH,
    "strike": Kind.STRIKETHROUGH,
    "del": Kind.STRIKETHROUGH,
    "span": Kind.SPOILER,
    "tg-spoiler": Kind.SPOILER,
    "a": Kind.TEXT_LINK,
    "code": Kind.CODE,
    "pre": Kind.PRE,
    "blockquote": Kind.BLOCKQUOTE,
}
ATTRIBUTE_OF_TAG = {"span": "class", "a": "href", "code": "class", "blockquote": "expandable"}
STYLES = {Kind.BOLD, Kind.ITALIC, Kind.UNDERLINE, Kind.STRIKETHROUGH, Kind.SPOILER}
CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

CHARACTER = r"&(?P<character>lt|gt|amp|quot|\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6});"
MARKUP = re.compile(
    rf"""</(?P<end>[^\s<>]*)\s*>
      | <(?P<start>[^\s<>/"'=][^\s<>]*)(?P<attributes>(?:[^>"']|"[^"]*"|'[^']*')*)>
      | {CHARACTER}
      | (?P<stray>[<&])""",
    re.VERBOSE,
)
ATTRIBUTE = re.compile(r"""\s+([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+)))?""")
LINK = re.compile(r"(?:https?|tg)://\S+", re.IGNORECASE)


class ParseError(ValueError):
    """The HTML is one that Telegram refuses, or shows in another way than intended."""


@dataclass(frozen=True)
class ParsedText:
    """Plain text and its entities, outer ones first; offsets count UTF-16 code units."""

    text: str
    entities: tuple[MessageEntity, ...] = ()

    def stripped(self) -> ParsedText:
        """Return the text without white space at its ends, as Telegram keeps every message."""
        text = self.text.strip()
        cut = len(self.text) - len(self.text.lstrip())  # each character of white space is one unit
        clipped = (_clipped(entity, cut, utf16_length(text)) for entity in self.entities)
        return ParsedText(text, tuple(entity for entity in clipped if entity.length > 0))


def utf16_length(text: str) -> int:
    """Return the length of a text in UTF-16 code units, by which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(html: str) -> ParsedText:
    """Return the text and entities of `html`; raise `ParseError` if it is wrong."""
    if any("\ud800" <= character <= "\udfff" for character in html):
        raise ParseError("text must be encoded in UTF-8")
    parser = _Parser(html)
    position = 0
    for match in MARKUP.finditer(html):
        parser.add_text(html[position : match.start()])
        parser.add_markup(match)
        position = match.end()
    parser.add_text(html[position:])
    return parser.finish()


@dataclass(slots=True)
class _OpenTag:
    """A tag that is not closed yet; `start` counts code points of the plain text."""

    name: str
    kind: Kind
    start: int
    url: str | None = None
    language: str | None = None


class _Parser:
    """The plain text and the entities so far, and the tags that are still open."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._text = ""
        self._open: list[_OpenTag] = []
        self._entities: list[MessageEntity] = []

    def add_text(self, text: str) -> None:
        self._text += text

    def add_markup(self, match: re.Match[str]) -> None:
        if match["start"]:
            self._start_tag(match["start"].lower(), match["attributes"], match.start())
        elif match["character"]:
            self.add_text(self._character(match["character"], match.start()))
        elif match["stray"]:
            raise self._error(self._stray(match.start()), match.start())
        else:
            self._end_tag(match["end"].lower(), match.start())

    def finish(self) -> ParsedText:
        if self._open:
            name = self._open[-1].name
            raise ParseError(f'Can\'t find end tag corresponding to start tag "{name}"')
        outer_first = sorted(reversed(self._entities), key=lambda e: (e.offset, -e.length))
        adjusted = MessageEntity.adjust_message_entities_to_utf_16(self._text, outer_first)
        return ParsedText(self._text, tuple(adjusted))

    def _start_tag(self, name: str, attributes: str, position: int) -> None:
        if name not in KIND_OF_TAG:
            raise self._error(f'Unsupported start tag "{name}"', position)
        tag = _OpenTag(name, KIND_OF_TAG[name], len(self._text))
        self._read_attribute(tag, attributes, position)
        for outer in self._open:
            if not _may_contain(outer.kind, tag.kind):
                raise self._error(f'Tag "{name}" can\'t stand in tag "{outer.name}"', position)
        self._open.append(tag)

    def _end_tag(self, name: str, position: int) -> None:
        if not self._open:
            raise self._error("Unexpected end tag", position)
        tag = self._open.pop()
        if name != tag.name:
            found = f'expected "</{tag.name}>", found "</{name}>"'
            raise ParseError(f"Unmatched end tag at byte offset {self._bytes(position)}, {found}")
        if self._open and self._open[-1].kind == Kind.PRE:
            self._open[-1].language = tag.language
        elif len(self._text) > tag.start:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        if tag.kind == Kind.TEXT_LINK and not LINK.fullmatch(tag.url or ""):
            return  # Telegram keeps the text and drops a link that it does not accept
        language = tag.language if tag.kind == Kind.PRE else None
        length = len(self._text) - tag.start
        self._entities.append(MessageEntity(tag.kind, tag.start, length, tag.url, None, language))

    def _read_attribute(self, tag: _OpenTag, attributes: str, position: int) -> None:
        given = {name.lower(): "".join(values) for name, *values in ATTRIBUTE.findall(attributes)}
        unread = ATTRIBUTE.sub("", attributes).strip()
        if unread or given.keys() - {ATTRIBUTE_OF_TAG.get(tag.name)}:
            raise self._error(f'Unsupported attribute in the tag "{tag.name}"', position)
        if tag.name == "span" and given.get("class") != "tg-spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', position)
        if tag.name == "a" and not given.get("href"):
            raise self._error('Tag "a" must have attribute "href"', position)
        if "expandable" in given:
            tag.kind = Kind.EXPANDABLE_BLOCKQUOTE
        tag.url = self._unescaped(given["href"], position) if tag.name == "a" else None
        tag.language = given.get("class", "").partition("language-")[2] or None

    def _unescaped(self, value: str, position: int) -> str:
        return re.sub(CHARACTER, lambda match: self._character(match["character"], position), value)

    def _character(self, name: str, position: int) -> str:
        if name in CHARACTERS:
            return CHARACTERS[name]
        code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise self._error(f'Unsupported character "&{name};"', position)
        return chr(code)

    def _stray(self, position: int) -> str:
        if self._html[position] == "&":
            return 'Unescaped "&"'
        return "Unclosed end tag" if self._html.startswith("</", position) else "Unclosed start tag"

    def _error(self, what: str, position: int) -> ParseError:
        return ParseError(f"{what} at byte offset {self._bytes(position)}")

    def _bytes(self, position: int) -> int:
        return len(self._html[:position].encode())


def _may_contain(outer: Kind, inner: Kind) -> bool:
    """Say whether "Formatting options" allow an entity of one kind inside another."""
    quotes = {Kind.BLOCKQUOTE, Kind.EXPANDABLE_BLOCKQUOTE}
    if outer in {Kind.CODE, Kind.PRE}:
        return outer == Kind.PRE and inner == Kind.CODE
    if outer in quotes:
        return inner not in quotes
    if inner in {Kind.CODE, Kind.PRE}:
        return False
    return outer in STYLES or inner in STYLES


def _clipped(entity: MessageEntity, cut: int, length: int) -> MessageEntity:
    """Return the entity for a text of `length` units that has lost `cut` units at its start."""
    start = min(max(entity.offset - cut, 0), length)
    end = min(max(entity.offset + entity.length - cut, 0), length)
    return MessageEntity(entity.type, start, end - start, entity.url, entity.user, entity.language)
