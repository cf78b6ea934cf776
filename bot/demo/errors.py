"""The errors by which the demo's server refuses a call, worded as Telegram words them."""

from __future__ import annotations


class ApiError(Exception):
    """A call is refused: `code` is the HTTP status, `description` tells the caller why."""

    def __init__(self, code: int, description: str) -> None:
        """Keep the `error_code` and the `description` of the answer."""
        super().__init__(description)
        self.code = code
        self.description = description


class BadRequest(ApiError):
    """The arguments of a call are wrong."""

    def __init__(self, description: str) -> None:
        """Take the description without the prefix that tells the kind of error."""
        super().__init__(400, f"Bad Request: {description}")


class Conflict(ApiError):
    """Another receiver gets the updates, or has taken them over."""

    def __init__(self, description: str) -> None:
        """Take the description without the prefix that tells the kind of error."""
        super().__init__(409, f"Conflict: {description}")
