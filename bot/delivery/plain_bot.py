"""A bot for a question or two to the Bot API before the real one runs: no retries, no limits."""

from __future__ import annotations

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.settings import Settings

TIMEOUT = 5.0  # seconds, as the library has it


def base_url(settings: Settings) -> str:
    """Return where the Bot API takes calls, all but the token."""
    return f"{settings.api_url}/bot"


def plain_bot(settings: Settings, timeout: float = TIMEOUT) -> Bot:
    """Return a bot that calls once, through the proxy if there is one.

    `timeout` is in seconds, for connecting and for reading each.
    """
    request = HTTPXRequest(
        connect_timeout=timeout, read_timeout=timeout, proxy=settings.proxy or None
    )
    return Bot(settings.token, base_url=base_url(settings), request=request)
