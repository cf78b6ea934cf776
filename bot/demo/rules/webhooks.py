"""Which webhooks the server accepts: as Telegram, but only on loopback and also over http."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from telegram.constants import WebhookLimit

from bot.demo.errors import BadRequest

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def check_webhook(url: str, secret_token: str) -> None:
    """Raise `BadRequest` if the address or the secret is not accepted."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or parts.hostname not in LOOPBACK:
        raise BadRequest("bad webhook: this server reaches loopback addresses alone")
    if len(secret_token) > WebhookLimit.MAX_SECRET_TOKEN_LENGTH or re.search(
        r"[^\w-]", secret_token, re.ASCII
    ):
        raise BadRequest("secret token contains unallowed characters")
