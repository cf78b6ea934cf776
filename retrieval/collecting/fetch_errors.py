"""Why an address could not be fetched: one line for each cause."""

from __future__ import annotations

from enum import Enum
from http import HTTPStatus

from retrieval.errors import UserError


class FetchCause(Enum):
    """What went wrong; the value is its line in English, with placeholders.

    The causes have names, so that the bot can tell them in other languages.
    """

    ADDRESS = "it is no address of the form https://… or http://…"
    PRIVATE = "{host} is not on the public internet; to allow it, add it to OWN_HOSTS"
    UNREACHABLE = "{host} cannot be reached"
    SLOW = "it did not arrive within {limit} s"
    REDIRECTS = "it leads from one address to the next without end"
    STATUS = "the site answered {status}"
    ROBOTS = "the site asks programs not to fetch it (robots.txt)"
    NO_FEED = "it is no RSS or Atom feed"


_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


class FetchError(UserError):
    """An address could not be fetched; the message says why, without the address."""

    def __init__(self, cause: FetchCause, **details: str) -> None:
        """Store the cause and the values of its placeholders."""
        super().__init__(cause.value.format(**details))
        self.cause = cause
        self.details = details

    @property
    def is_passing(self) -> bool:
        """Whether another try may do better."""
        if self.cause is FetchCause.STATUS:
            status = int(self.details["status"])
            return status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR
        return self.cause in (FetchCause.UNREACHABLE, FetchCause.SLOW)
