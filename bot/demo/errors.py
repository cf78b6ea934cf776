"""What the demo's server refuses, in the words that Telegram uses."""

from __future__ import annotations


class ApiError(Exception):
    """A refused call: `code` is the HTTP status, `description` what the caller reads."""

    def __init__(self, code: int, description: str) -> None:
        """Keep what the answer's `error_code` and `description` say."""
        super().__init__(description)
        self.code = code
        self.description = description


class BadRequest(ApiError):
    """A call whose arguments cannot be used."""

    def __init__(self, description: str) -> None:
        """Take the description without its prefix."""
        super().__init__(400, f"Bad Request: {description}")


class Conflict(ApiError):
    """A call that would take the updates away from another receiver."""

    def __init__(self, description: str) -> None:
        """Take the description without its prefix."""
        super().__init__(409, f"Conflict: {description}")
