"""How the bot runs: the token is checked, then updates are fetched or received until a signal."""

from __future__ import annotations

import asyncio
import logging
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.application import ALLOWED_UPDATES, BotApplication, base_url, build_application
from bot.handlers.questions import Retriever
from bot.settings import Settings, SettingsError

BOOTSTRAP_RETRIES = 3  # some seconds: a bot that starts with its machine may outrun the network

logger = logging.getLogger(__name__)


class StartError(Exception):
    """The network did not let the bot start; the message is one line fit for the user."""


def check_token(settings: Settings) -> None:
    """Raise SettingsError where the token is refused, before anything slow is loaded for it.

    A Bot API that cannot be reached yet is left to `run_bot`, which tries again.
    """
    try:
        asyncio.run(_introduce(Bot(settings.token, base_url=base_url(settings))))
    except InvalidToken:
        raise _refused(settings) from None
    except TelegramError as error:
        logger.debug("token not checked yet: %s", error)


async def _introduce(bot: Bot) -> None:
    async with bot:  # asks the Bot API who it is
        pass


def run_bot(settings: Settings, retriever: Retriever) -> None:
    """Answer until SIGINT or SIGTERM; by webhook where the settings name one, else by polling.

    Raises SettingsError where the token is refused, StoreError where the database cannot be
    opened and StartError where the Bot API cannot be reached or the webhook's port is taken.
    """
    application = build_application(settings, retriever)
    try:
        _run(application, settings)
    except InvalidToken:
        raise _refused(settings) from None
    except TelegramError as error:
        raise StartError(f"{settings.api_url} did not let the bot start: {error}") from None
    except OSError as error:
        raise StartError(f"the webhook cannot listen: {error}") from None


def _refused(settings: Settings) -> SettingsError:
    # In words of our own: the library's hold the token.
    return SettingsError(f"TELEGRAM_BOT_TOKEN was refused by {settings.api_url}")


def _run(application: BotApplication, settings: Settings) -> None:
    if webhook := settings.webhook:
        application.run_webhook(
            listen=webhook.host,
            port=webhook.port,
            url_path=urlsplit(webhook.url).path,
            webhook_url=webhook.url,
            secret_token=webhook.secret,
            allowed_updates=ALLOWED_UPDATES,
            bootstrap_retries=BOOTSTRAP_RETRIES,
        )
    else:
        application.run_polling(
            allowed_updates=ALLOWED_UPDATES, bootstrap_retries=BOOTSTRAP_RETRIES
        )
