"""The log: what the bot writes to standard error, without secrets and without what users wrote.

The HTTP client logs every URL, and with it the token; the Telegram library puts the data that it
stumbles over into its messages. Both are kept out here, whatever the level.
"""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from bot.settings import Settings

MASK = "***"
TALKATIVE = ("alembic", "httpx", "httpcore", "faiss", "sentence_transformers")
ABOUT_POLLING = ("Network Retry Loop", "Error while calling `get_updates` one more time")


def configure_logging(settings: Settings) -> None:
    """Send every record of the settings' level and above to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(MaskingFormatter(secrets_of(settings)))
    handler.addFilter(discreet)
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Return what must never be seen: the token behind the bot's id, the webhook's path and secret.

    The rest of the token and of the URL is no secret, and tells in the log what is meant.
    """
    secrets = [settings.token.partition(":")[2]]
    if settings.webhook:
        # The server logs whom it turned away, and from which path; a bare "/" tells nothing.
        secrets += [settings.webhook.secret, urlsplit(settings.webhook.url).path.rstrip("/")]
    return tuple(secret for secret in secrets if secret)


class MaskingFormatter(logging.Formatter):
    """Masks `secrets` in the finished text, so that a traceback cannot carry them either."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        """Keep `secrets`, none of which is empty."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text, every secret in it replaced."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text


def discreet(record: logging.LogRecord) -> bool:
    """Strip what it received from the Telegram library's complaints; drop those about polling.

    What ends the polling, or the start, is an error as well that the bot ends with in one line.
    """
    if not record.name.startswith("telegram.") or record.levelno < logging.WARNING:
        return True
    about_polling = record.getMessage().startswith(ABOUT_POLLING)
    record.args, record.exc_info = (), None
    return not about_polling
