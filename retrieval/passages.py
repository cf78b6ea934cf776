"""A document cut into passages: whole sentences, about 60 to 120 words, with exact offsets.

A sentence ends at a full stop, question or exclamation mark that is followed by a capital, a digit
or a quotation mark, and at the end of a paragraph. The stops of abbreviations ("TP.", "GS.",
"Lt. Gen."), initials ("U.S.") and numbers ("No. 5") end none. A caption or a heading is one
sentence.

A heading begins a new section. A section's sentences are dealt out to passages of about equal
length. A long sentence may make a longer passage; one that is far too long is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise, takewhile

from retrieval.documents import Document, Passage, Span

SHORTEST, LONGEST = 60, 120
_AIM = 90
_UNCUT = 180  # a sentence of up to this many words stays whole

_ABBREVIATIONS = frozenset(
    # Vietnamese: places, titles, ranks, "and so on"
    "tp tx tt gs pgs ts ths ks cn bs ds ls nsnd nsưt đ/c đc v.v vv stt vnđ cty "
    # English: titles, ranks, companies, Latin, months
    "mr mrs ms dr prof st sr jr rev hon gov sen rep pres gen lt col maj capt cmdr sgt adm brig "
    "inc ltd co corp dept univ vs etc e.g i.e cf al approx "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# These are words too, so they count as abbreviations only before a number: "No. 5", "he said no."
_BEFORE_NUMBERS = frozenset("no nos vol fig art sec p pp tr q đ".split())
_PARAGRAPH = re.compile(r"[^\n]+")
# Chinese and Japanese have no spaces; two of their characters make about a word. Words are cut
# after 40 characters, for base64 has no spaces either.
_WORD = re.compile(r"[\u3001-\u9fff\uff01-\uff65]{1,2}|[^\s\u3001-\u9fff\uff01-\uff65]{1,40}")
# Possessive quantifiers and the look-behind: backtracking on a long row of dots takes minutes.
_STOP = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]++)[\"'”’»)\]]*+\s++(?=[\"'“‘«(\[–—-]?\s?[^\W_])"
    r"|(?<![。！？])[。！？]++[\"'”’»）」』]*+\s*+(?=[^\s.!?…])"
)
_OPENING = "\"'“‘«(["
_LONGEST_WORD = 40  # characters of an abbreviation or a number
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


def sentences_of(document: Document) -> list[Span]:
    """Return the spans of the document's sentences, in order, without the spaces between them."""
    whole = {*document.headings, *document.captions, *document.origins}
    spans: list[Span] = []
    for paragraph in _paragraphs(document.text):
        spans += [paragraph] if paragraph in whole else _split(document.text, paragraph)
    return spans


def passages_of(document: Document) -> list[Passage]:
    """Return the document's passages, in order; each word stands in exactly one of them."""
    pieces = [
        piece
        for sentence in sentences_of(document)
        for piece in _cut_to_length(document.text, sentence)
    ]
    return [
        Passage(document, Span(group[0].start, group[-1].end), tuple(group))
        for section in _sections(pieces, document)
        for group in _deal_out(document.text, section)
    ]


def _paragraphs(text: str) -> Iterator[Span]:
    for match in _PARAGRAPH.finditer(text):
        stripped = match[0].strip()
        if stripped:
            start = match.start() + match[0].index(stripped)
            yield Span(start, start + len(stripped))


def _split(text: str, paragraph: Span) -> list[Span]:
    """Cut a paragraph after each stop that ends a sentence."""
    spans, start = [], paragraph.start
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        if _ends_sentence(text, start, stop):
            spans.append(Span(start, start + len(text[start : stop.end()].rstrip())))
            start = stop.end()
    return [*spans, Span(start, paragraph.end)]


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    following = text[stop.end() : stop.end() + 3].lstrip(_OPENING + "–—- ")
    if following[:1].islower():
        return False
    if stop["mark"] != ".":
        return True
    at = stop.start()
    word = _last_word(text[max(start, at - _LONGEST_WORD) : at])
    if word.isdigit():  # "5. Thông qua" begins a list's item; "in 2021." ends a sentence
        return at - len(word) > start
    folded = word.casefold()
    if folded in _BEFORE_NUMBERS:
        return not following[:1].isdigit()
    are_initials = word.isupper() and _INITIALS.fullmatch(word)
    return not (are_initials or folded in _ABBREVIATIONS)


def _last_word(text: str) -> str:
    """Return the word at the end, without the quotation marks or brackets before it."""
    words = text.rsplit(maxsplit=1)
    return words[-1].lstrip(_OPENING) if words and not text[-1].isspace() else ""


def _cut_to_length(text: str, sentence: Span) -> Iterator[Span]:
    """Yield the sentence, cut into nearly equal parts if it is too long for an encoder."""
    if sentence.end - sentence.start <= _UNCUT:  # it has at least as many characters as words
        yield sentence
        return
    count = sum(1 for _ in _WORD.finditer(text, sentence.start, sentence.end))
    parts = 1 if count <= _UNCUT else -(-count // LONGEST)
    words = _WORD.finditer(
        text, sentence.start, sentence.end
    )  # found again: millions of them would fill memory
    for first, end in pairwise(count * part // parts for part in range(parts + 1)):
        part = list(islice(words, end - first))
        yield Span(part[0].start(), part[-1].end())


def _sections(sentences: list[Span], document: Document) -> Iterator[list[Span]]:
    """Yield each section's sentences; a heading that is not below another begins a new section.

    The lines that tell the document's origin, with the title above them, are a section, so that the
    first passage of the text does not begin with them.
    """
    headings, origins = frozenset(document.headings), frozenset(document.origins)
    head = list(takewhile(lambda span: span in headings or span in origins, sentences))
    while head and head[-1] not in origins:
        head.pop()
    starts = {0, len(head)}
    for i, (above, span) in enumerate(pairwise(sentences), start=1):
        if i > len(head) and span in headings and above not in headings:
            starts.add(i)
    for start, end in pairwise([*sorted(starts), len(sentences)]):
        if start < end:
            yield sentences[start:end]


def _deal_out(text: str, section: list[Span]) -> Iterator[list[Span]]:
    """Yield the section's sentences in groups of nearly equal length.

    No group of several sentences has more than `LONGEST` words.
    """
    lengths = [len(_WORD.findall(span.of(text))) for span in section]
    left, aim = sum(lengths), float(_AIM)
    group: list[Span] = []
    size = 0
    for span, length in zip(section, lengths, strict=True):
        if not group:
            aim = left / max(1, round(left / _AIM))
        if group and (size + length > LONGEST or size + length / 2 > aim):
            yield group
            group, size = [], 0
            aim = left / max(1, round(left / _AIM))
        group.append(span)
        size += length
        left -= length
    yield group
