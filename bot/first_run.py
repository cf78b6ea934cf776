"""The first run: in a terminal without a token, the bot asks for one or opens the demo.

The token is checked with the Bot API before it is written to `.env`. Where no person is at a
terminal, nothing is asked.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from getpass import getpass
from pathlib import Path

from dotenv import set_key
from telegram.error import InvalidToken, TelegramError

from bot.delivery.plain_bot import plain_bot
from bot.settings import Settings, checked_token
from retrieval.errors import SettingsError, UserError

ENV = Path(".env")
TRIES = 3
CHOICE = """\
There is no TELEGRAM_BOT_TOKEN yet.
  1  open the demo: the same bot in a page on this machine, without a token
  2  enter a token, which @BotFather gives you for /newbot"""
AT_BOTFATHER = """\
Five things to set at @BotFather, whenever you like:
  /setname         the name that people see
  /setuserpic      its picture
  /setinline       so that it can be asked from any chat, by its name
  /setjoingroups   whether it may be added to groups
  /setprivacy      leave it on: in groups the bot then sees only what is meant for it"""


def is_terminal() -> bool:
    """Tell whether a person is there to be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def wants_demo() -> bool:
    """Ask whether to open the demo or to take a token; raises EOFError where input ends."""
    print(CHOICE)
    while (chosen := input("1 or 2 [1]: ").strip()) not in ("", "1", "2"):
        print("Please type 1 or 2.")
    return chosen != "2"


def with_token(settings: Settings) -> Settings:
    """Ask for a token, check it, write it to `.env`, and return the settings with it.

    Raises:
        SettingsError: No token was accepted.
        UserError: The Bot API cannot be reached, or `.env` cannot be written.
    """
    for _ in range(TRIES):
        try:
            found = replace(settings, token=checked_token(_asked_token()))
            username = asyncio.run(_username(found))
        except (SettingsError, InvalidToken):
            print(f"{settings.api_url} does not know this token. Copy all of it, and try again.")
        except TelegramError as error:
            raise UserError(
                f"{settings.api_url} cannot be reached: {error}; where Telegram is blocked, "
                "set TELEGRAM_PROXY"
            ) from None
        else:
            _write(found.token)
            print(f"This is @{username}. Its token is in {ENV.absolute()}.\n\n{AT_BOTFATHER}\n")
            return found
    raise SettingsError("TELEGRAM_BOT_TOKEN is missing: no token was accepted")


def _asked_token() -> str:
    return getpass("The token (it is not shown): ").strip()


async def _username(settings: Settings) -> str:
    async with plain_bot(settings) as bot:
        return bot.username


def _write(token: str) -> None:
    """Write the token to `.env`, which only its owner may read; other lines stay."""
    try:
        ENV.touch(mode=0o600)
        ENV.chmod(0o600)
        set_key(ENV, "TELEGRAM_BOT_TOKEN", token, quote_mode="never")
    except OSError as error:
        raise UserError(f"{ENV.absolute()} cannot be written: {error.strerror}") from None
