"""Which commands and texts Telegram accepts for a bot's profile."""

from __future__ import annotations

import re
from collections.abc import Sequence

from telegram import BotCommand
from telegram.constants import BotCommandLimit, BotDescriptionLimit, BotNameLimit

from bot.demo.errors import BadRequest

COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
LONGEST_TEXT = {
    "name": BotNameLimit.MAX_NAME_LENGTH,
    "description": BotDescriptionLimit.MAX_DESCRIPTION_LENGTH,
    "short_description": BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH,
}


def check_commands(commands: Sequence[BotCommand]) -> None:
    """Raise `BadRequest` if there are too many commands or one is not valid."""
    if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command.command):
            raise BadRequest("BOT_COMMAND_INVALID")
        if not 1 <= len(command.description) <= BotCommandLimit.MAX_DESCRIPTION:
            raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")


def check_text(field: str, text: str) -> None:
    """Raise `BadRequest` if a text of the profile is too long.

    Args:
        field: "name", "description" or "short_description".
        text: The new value of the field.
    """
    if len(text) > LONGEST_TEXT[field]:
        raise BadRequest(f"{field.replace('_', ' ')} is too long")
