"""The bot's profile, which Telegram shows before anybody writes to it: commands and descriptions.

Telegram clients in Vietnamese show the Vietnamese profile, all others the English one.
"""

from __future__ import annotations

import logging
from collections.abc import Coroutine, Iterable, Mapping
from typing import Any

from telegram import Bot, BotCommandScopeChat
from telegram.error import TelegramError

from bot.texts import ENGLISH, LANGUAGES, Texts

# By the Bot API's language code; None stands for clients in any other language.
PROFILES = {None: ENGLISH} | {
    code: texts for code, texts in LANGUAGES.items() if texts is not ENGLISH
}

logger = logging.getLogger(__name__)


async def publish_profile(bot: Bot, admin_ids: Iterable[int], is_divided: bool = False) -> None:
    """Set the commands and the descriptions.

    If Telegram refuses a part, that is logged as a warning, because the bot works without it.

    Args:
        bot: The bot.
        admin_ids: The administrators; their chats with the bot show the administrators' commands
            too.
        is_divided: Whether there are collections, so that there are commands for them.
    """
    for language, texts in PROFILES.items():
        known = {**texts.commands, **(texts.collection_commands if is_divided else {})}
        added = {**texts.admin_commands, **(texts.collection_admin_commands if is_divided else {})}
        await _attempt(bot.set_my_commands(list(known.items()), language_code=language))
        await _attempt(_describe(bot, texts, language))
        for admin in admin_ids:
            await _attempt(_show_admin_commands(bot, admin, {**known, **added}, language))


async def _show_admin_commands(
    bot: Bot, admin: int, commands: Mapping[str, str], language: str | None
) -> None:
    await bot.set_my_commands(
        list(commands.items()), scope=BotCommandScopeChat(admin), language_code=language
    )


async def _describe(bot: Bot, texts: Texts, language: str | None) -> None:
    # Telegram limits how often these may be changed, so the bot changes only what differs.
    shown = await bot.get_my_description(language_code=language)
    if shown.description != texts.description:
        await bot.set_my_description(texts.description, language_code=language)
    brief = await bot.get_my_short_description(language_code=language)
    if brief.short_description != texts.short_description:
        await bot.set_my_short_description(texts.short_description, language_code=language)


async def _attempt(call: Coroutine[Any, Any, object]) -> None:
    try:
        await call
    except TelegramError as error:
        logger.warning("profile not set: %s", error)
