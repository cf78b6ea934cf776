"""What an administrator is told of an address that they want to add."""

from __future__ import annotations

from bot.replies.markup import escaped, line
from bot.replies.uploads import refusal_reason
from bot.texts import Texts
from retrieval.collecting.fetch_errors import FetchError
from retrieval.refusals import UnreadableError

ADDRESS_SHOWN = 200


def fetching_reply(address: str, texts: Texts) -> str:
    """Say that an address is being fetched."""
    return texts.add_fetching.format(address=_shown(address))


def not_fetched_reply(address: str, error: FetchError, texts: Texts) -> str:
    """Say why an address could not be fetched."""
    details = {key: escaped(value) for key, value in error.details.items()}
    reason = texts.fetch_failures[error.cause].format(**details)
    return texts.add_failed.format(address=_shown(address), reason=reason)


def unreadable_reply(address: str, error: UnreadableError, texts: Texts) -> str:
    """Say why what lies at an address cannot be read, before it was fetched as a whole."""
    return texts.add_failed.format(address=_shown(address), reason=refusal_reason(error, texts))


def _shown(address: str) -> str:
    return escaped(line(address, ADDRESS_SHOWN))
