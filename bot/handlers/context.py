"""The context of an update: what the gate has learned of it, for the handlers."""

from __future__ import annotations

from typing import Any

from telegram.ext import CallbackContext, ExtBot

from bot.chat.question import Question


class Context(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """One update's context, which all its handlers share.

    `question` is what its message asks the bot, None where it is not meant for the bot. See
    "contexttypesbot.py" among python-telegram-bot's examples.
    """

    question: Question | None = None
