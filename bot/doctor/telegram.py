"""What the Bot API says of the token, and how BotFather has set up the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from telegram import User, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.delivery.plain_bot import plain_bot
from bot.doctor.finding import Finding
from bot.settings import Settings

TIMEOUT = 10.0  # seconds
LARGEST_SKEW = 60  # seconds; certificates are checked against the clock


def telegram_findings(settings: Settings) -> Iterator[Finding]:
    """Yield what is found by asking the Bot API; no update is fetched and nothing is changed."""
    if not settings.token:
        yield Finding.bad(
            "token",
            "none",
            "get one from @BotFather and set TELEGRAM_BOT_TOKEN; the demo needs none",
        )
        return
    try:
        person, webhook = asyncio.run(_ask(settings))
    except InvalidToken:
        yield Finding.bad(
            "token", f"refused by {settings.api_url}", "copy it from @BotFather, or make a new one"
        )
        return
    except TelegramError as error:
        yield Finding.bad(
            "Telegram",
            f"{settings.api_url} cannot be reached: {error}",
            "check the network; where Telegram is blocked, set TELEGRAM_PROXY",
        )
        return
    yield Finding.good("token", f"of @{person.username}")
    yield _webhook(webhook, settings)
    yield from _botfather(person)
    yield from _clock(settings)


async def _ask(settings: Settings) -> tuple[User, WebhookInfo]:
    async with plain_bot(settings, TIMEOUT) as bot:
        return await bot.get_me(), await bot.get_webhook_info()


def _webhook(info: WebhookInfo, settings: Settings) -> Finding:
    if not settings.webhook:
        if info.url:
            return Finding.note(
                "webhook",
                "set, though this bot polls",
                "the next start removes it; check that no other program uses this token",
            )
        return Finding.good("webhook", "none, the bot polls")
    if info.url and info.url != settings.webhook.url:
        advice = "the next start changes it; check that no other program uses this token"
        return Finding.note("webhook", "set to another address", advice)
    if info.last_error_message:
        said = f"Telegram could not deliver: {info.last_error_message}"
        return Finding.note("webhook", said, "check the proxy, its certificate and WEBHOOK_LISTEN")
    return Finding.good("webhook", f"{info.pending_update_count} updates waiting")


def _botfather(person: User) -> Iterator[Finding]:
    if person.can_read_all_group_messages:
        yield Finding.good("privacy mode", "off: in groups the bot reads all messages")
    else:
        yield Finding.note(
            "privacy mode",
            "on: in groups the bot sees commands, mentions and replies to it",
            "that is enough; /setprivacy at @BotFather changes it",
        )
    if person.supports_inline_queries:
        yield Finding.good("inline mode", "on")
    else:
        advice = "send /setinline to @BotFather to be asked from any chat"
        yield Finding.note("inline mode", "off", advice)


def _clock(settings: Settings) -> Iterator[Finding]:
    try:
        with httpx.Client(timeout=TIMEOUT, proxy=settings.proxy or None) as client:
            told = client.head(settings.api_url).headers["date"]
        skew = abs(datetime.now(UTC) - parsedate_to_datetime(told)).total_seconds()
    except (httpx.HTTPError, KeyError, ValueError, TypeError):
        return  # a local Bot API server need not tell the time
    if skew > LARGEST_SKEW:
        yield Finding.note("clock", f"{skew:.0f} s from Telegram's", "set the time, by NTP for one")
    else:
        yield Finding.good("clock", "agrees with Telegram's")
