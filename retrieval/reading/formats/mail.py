"""Messages (.eml): headers, the text, and the attachments, each read by its own reader.

The standard library's email reads them. Subject, date and sender are the title, the date and the
source. A message written as a web page is read as one; its plain text is often cut down. Pictures
within the text are left out. An attachment that cannot be read is named with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import PurePosixPath

from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind
from retrieval.reading.formats import MAIN_SUFFIXES, SUFFIXES, draft_of
from retrieval.reading.formats import text as plain
from retrieval.reading.formats.html import charset
from retrieval.reading.formats.html.fragment import paragraphs_in
from retrieval.reading.recognition.recogniser import NO_PICTURES, Recogniser
from retrieval.refusals import Cause, ReadingWarning, UnreadableError

_MOST_ATTACHMENTS = 20
_DEEPEST = 3  # messages within messages
_HEADERS = ("Subject", "From", "To", "Date", "Received")
_SHOWN = ("From", "To", "Cc", "Date")
_LONGEST_HEADER = 500  # characters; a longer list of recipients is cut
_MESSAGE = "message/rfc822"
_NO_NAME = "attachment"


def read(data: bytes, recogniser: Recogniser = NO_PICTURES) -> Draft:
    """Return the paragraphs of a message and of its attachments.

    `recogniser` reads pictures of text among these.

    Raises:
        UnreadableError: The encoding of its text is not certain.
        ValueError: It has none of a message's headers.
    """
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not any(name in message for name in _HEADERS):
        raise ValueError("it has no headers")
    reader = _Reader(recogniser)
    paragraphs = tuple(reader.paragraphs(message, depth=0))
    return Draft(paragraphs, _metadata(message), warnings=tuple(reader.warnings))


def _header(message: EmailMessage, name: str) -> str:
    """Return a header in one line; "" where it is missing or broken."""
    with suppress(Exception):  # the library fails on broken headers in more ways than it documents
        return " ".join(str(message.get(name, "")).split())
    return ""


def _metadata(message: EmailMessage) -> Metadata:
    name, address = parseaddr(_header(message, "From"))
    date = ""
    with suppress(Exception):
        sent = message["Date"].datetime
        date = sent.date().isoformat() if sent else ""
    return Metadata(title=_header(message, "Subject"), date=date, source=name or address)


@dataclass(slots=True)
class _Reader:
    """Reads a message and those within it, and counts what is attached."""

    recogniser: Recogniser
    warnings: list[ReadingWarning] = field(default_factory=list)
    _count: int = 0

    def paragraphs(self, message: EmailMessage, depth: int) -> Iterator[Paragraph]:
        """Yield the subject, the headers, the text and the attachments."""
        if subject := _header(message, "Subject"):
            yield Paragraph(subject, ParagraphKind.HEADING, depth + 1)
        for name in _SHOWN:
            if value := _header(message, name):
                line = f"{name}: {value[:_LONGEST_HEADER]}"
                yield Paragraph(line, ParagraphKind.ORIGIN)
        body = message.get_body(("html", "plain"))
        if isinstance(body, EmailMessage):
            yield from _text(body)
        for part in _attachments(message, body):
            yield from self._attachment(part, depth)

    def _attachment(self, part: EmailMessage, depth: int) -> Iterator[Paragraph]:
        self._count += 1
        name = " ".join((part.get_filename() or _NO_NAME).split())
        if self._count > _MOST_ATTACHMENTS:
            if self._count == _MOST_ATTACHMENTS + 1:
                limit = {"limit": str(_MOST_ATTACHMENTS)}
                self.warnings.append(ReadingWarning(Cause.ATTACHMENTS, limit))
            return
        if part.get_content_type() == _MESSAGE:
            yield from self._message(part, depth)
            return
        try:
            draft = _draft_of(part, name, self.recogniser)
        except UnreadableError as error:
            self.warnings.append(ReadingWarning(error.cause, error.details, name))
            return
        self.warnings += (replace(warning, part=name) for warning in draft.warnings)
        level = depth + 2
        yield Paragraph(name, ParagraphKind.HEADING, level)
        yield from (_below(paragraph, level) for paragraph in draft.paragraphs)

    def _message(self, part: EmailMessage, depth: int) -> Iterator[Paragraph]:
        inner = part.get_payload(0)
        if depth >= _DEEPEST or not isinstance(inner, EmailMessage):
            limit = {"limit": str(_DEEPEST)}
            self.warnings.append(ReadingWarning(Cause.NESTED, limit))
            return
        yield from self.paragraphs(inner, depth + 1)


def _attachments(message: EmailMessage, body: object) -> Iterator[EmailMessage]:
    """Yield the parts that are files, wherever they stand, but for pictures within the text."""
    for part in message.iter_parts() if message.is_multipart() else ():
        kind = part.get_content_type()
        if part is body or not isinstance(part, EmailMessage):
            continue
        if kind != _MESSAGE and part.is_multipart():
            yield from _attachments(part, body)
        elif (part.is_attachment() or part.get_filename() or kind == _MESSAGE) and not (
            _is_picture_within(part, message)
        ):
            yield part


def _is_picture_within(part: EmailMessage, around: EmailMessage) -> bool:
    """Tell whether a part is a picture that the text shows, such as a logo."""
    is_related = around.get_content_type() == "multipart/related" or not part.is_attachment()
    return bool(part.get("Content-ID")) and part.get_content_maintype() == "image" and is_related


def _draft_of(part: EmailMessage, name: str, recogniser: Recogniser) -> Draft:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableError(Cause.FORMAT, suffixes=", ".join(MAIN_SUFFIXES))
    return draft_of(_bytes(part), suffix, recogniser)


def _below(paragraph: Paragraph, level: int) -> Paragraph:
    """Return a paragraph of an attachment with its headings below the attachment's name."""
    own = paragraph.level or 1
    is_heading = paragraph.kind is ParagraphKind.HEADING
    return replace(paragraph, level=level + own if is_heading else 0, page=0, turns=())


def _text(body: EmailMessage) -> Iterator[Paragraph]:
    is_html = body.get_content_subtype() == "html"
    data = _bytes(body)
    declared = body.get_content_charset("")
    text = ""
    with suppress(LookupError, UnicodeError):
        text = data.decode(declared) if declared not in ("", "us-ascii") else ""
    text = text or (charset.decode(data) if is_html else plain.decode(data))
    if is_html:
        yield from paragraphs_in(text)
    else:
        yield Paragraph(text.replace("\r\n", "\n"))


def _bytes(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
