"""The log on standard error, which holds no secrets and nothing that users wrote.

The HTTP client logs every URL, and with it the token. The Telegram library logs the data that it
fails to process. This module keeps both out of the log at every level.
"""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from bot.settings import Settings

MASK = "***"
VERBOSE_LIBRARIES = ("alembic", "httpx", "httpcore", "faiss", "sentence_transformers")
# How the Telegram library's messages about polling begin.
ABOUT_POLLING = ("Network Retry Loop", "Error while calling `get_updates` one more time")


def configure_logging(settings: Settings) -> None:
    """Log to standard error, at the level of the settings."""
    handler = logging.StreamHandler()
    handler.setFormatter(MaskingFormatter(secrets_of(settings)))
    handler.addFilter(discreet)
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name in VERBOSE_LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Return what the log must hide: the token behind the bot's id, the webhook's path and secret.

    The password of the proxy is hidden too. The rest of the token and of the URLs is no secret, and
    makes the log easier to read.
    """
    proxy_password = urlsplit(settings.proxy).password if settings.proxy else None
    secrets = [settings.token.partition(":")[2], proxy_password or ""]
    if settings.webhook:
        # The webhook's server logs rejected requests with their path. A bare "/" is no secret.
        secrets += [settings.webhook.secret, urlsplit(settings.webhook.url).path.rstrip("/")]
    return tuple(secret for secret in secrets if secret)


class MaskingFormatter(logging.Formatter):
    """Masks secrets in the finished text of a record, which includes its traceback."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        """Store the secrets, none of which may be empty."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text with every secret replaced by `MASK`."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text


def discreet(record: logging.LogRecord) -> bool:
    """Filter the Telegram library's warnings and errors: strip their data, drop those on polling.

    An error that ends the polling, or prevents the start, reaches the user all the same: the bot
    prints it in one line when it exits.

    Returns:
        Whether the record is logged.
    """
    if not record.name.startswith("telegram.") or record.levelno < logging.WARNING:
        return True
    about_polling = record.getMessage().startswith(ABOUT_POLLING)
    record.args, record.exc_info = (), None
    return not about_polling
