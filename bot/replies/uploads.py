"""What an administrator is told of a file that they sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.replies.documents import shown_title
from bot.replies.markup import escaped, line
from bot.replies.origin import TITLE_LIMIT
from bot.texts import Texts
from retrieval.documents import Document
from retrieval.refusals import Cause, ReadingWarning, UnreadableError


def shown_name(name: str) -> str:
    """Return a file's name on one line, as HTML, without its folder."""
    return escaped(line(name.rpartition("/")[2], TITLE_LIMIT))


def photo_name(description: str, sent: datetime, number: int, texts: Texts) -> str:
    """Return a name for the file of a photo, which has none: its description, or when it came.

    Args:
        description: The words below it; they may be empty.
        sent: When it was sent.
        number: Tells it from others of the same day.
        texts: The language of the name.
    """
    stem = line(description, TITLE_LIMIT)
    return f"{stem or texts.photo.format(date=f'{sent:%Y-%m-%d}', number=number)}.jpg"


def received_reply(name: str, texts: Texts) -> str:
    """Say that a file has arrived."""
    return texts.upload_received.format(name=shown_name(name))


def upload_chosen_reply(title: str, texts: Texts) -> str:
    """Say to which collection a file is added."""
    return texts.upload_chosen.format(title=escaped(line(title, TITLE_LIMIT)))


def reading_reply(name: str, texts: Texts) -> str:
    """Say that a file is being read."""
    return texts.upload_reading.format(name=shown_name(name))


def indexing_reply(name: str, texts: Texts) -> str:
    """Say that a file is read, and is being indexed."""
    return texts.upload_indexing.format(name=shown_name(name))


def lost_reply(name: str, texts: Texts) -> str:
    """Say that a file could not be fetched from Telegram."""
    return texts.upload_lost.format(name=shown_name(name))


def not_read_reply(name: str, reason: str, texts: Texts) -> str:
    """Say that the program which reads files does not work, and that nothing was changed."""
    return texts.upload_not_read.format(name=shown_name(name), reason=escaped(reason))


def not_saved_reply(name: str, reason: str, texts: Texts) -> str:
    """Say that a file could not be saved, and why."""
    return texts.upload_not_saved.format(name=shown_name(name), reason=escaped(reason))


def not_indexed_reply(name: str, reason: str, texts: Texts) -> str:
    """Say that a file is saved but not indexed, and why."""
    return texts.upload_not_indexed.format(name=shown_name(name), reason=escaped(reason))


def refused_reply(name: str, error: UnreadableError, texts: Texts) -> str:
    """Say why a file cannot be read, and what to do about it."""
    return texts.upload_refused.format(name=shown_name(name), reason=refusal_reason(error, texts))


def refusal_reason(error: UnreadableError, texts: Texts) -> str:
    """Return why a file cannot be read, and what to do about it, as a part of a sentence."""
    return _reason(error.cause, error.details, texts)


def added_reply(document: Document, passages: int, replaced: bool, texts: Texts) -> str:
    """Say that a document can be asked about now, and what of its file could not be read.

    Args:
        document: What was read of the file.
        passages: How many passages it has.
        replaced: Whether an earlier document of its name is gone.
        texts: The language to say it in.
    """
    said = texts.upload_replaced if replaced else texts.upload_added
    warnings = (_warning(one, texts) for one in document.warnings)
    return "\n".join([said.format(title=shown_title(document), count=passages), *warnings])


def _warning(warning: ReadingWarning, texts: Texts) -> str:
    """Say what was not read, or only by machine."""
    is_read = warning.cause is Cause.RECOGNISED_PAGES
    said = texts.upload_recognised if is_read else texts.upload_read_in_part
    named = f"{escaped(warning.part)}: " if warning.part else ""
    return said.format(reason=named + _reason(warning.cause, warning.details, texts))


def _reason(cause: Cause, details: Mapping[str, str], texts: Texts) -> str:
    values = {key: escaped(value) for key, value in details.items()}
    return texts.refusals[cause].format(**values)
