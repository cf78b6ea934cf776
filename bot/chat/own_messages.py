"""Calls on messages that exist already: messages with pressed buttons, and old answers.

Such a message may be deleted, or so old that Telegram tells only its chat and id. Neither is
anybody's mistake, so neither raises an error here.
"""

from __future__ import annotations

import re
from contextlib import suppress

from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    Message,
    ReplyParameters,
)
from telegram.error import BadRequest

_SAME = re.compile("message is not modified", re.IGNORECASE)
_GONE = re.compile(
    "message to edit not found|message can't be edited|message_id_invalid", re.IGNORECASE
)


async def acknowledge(query: CallbackQuery, said: str = "", alert: bool = False) -> None:
    """Stop the spinner on a pressed button.

    Nothing happens if the press is some minutes old, for example from a time when the bot was off:
    Telegram then takes no answer.

    Args:
        query: The press.
        said: A notice to show for a moment, empty for none.
        alert: Whether to show the notice as an alert that needs an "OK".
    """
    with suppress(BadRequest):
        await query.answer(said or None, show_alert=alert or None)


async def edit(
    bot: Bot, chat_id: int, message_id: int, text: str, keyboard: InlineKeyboardMarkup | None
) -> bool:
    """Replace the text and the keyboard of a message.

    Returns:
        False if the message is gone or can no longer be edited.

    Raises:
        BadRequest: Telegram refuses the edit for any other reason.
    """
    try:
        await bot.edit_message_text(
            text, chat_id=chat_id, message_id=message_id, reply_markup=keyboard
        )
    except BadRequest as error:
        if _GONE.search(error.message):
            return False
        if not _SAME.search(error.message):
            raise
    return True


async def show_instead(
    query: CallbackQuery, text: str, keyboard: InlineKeyboardMarkup | None = None
) -> None:
    """Replace the text and the keyboard of the message with the pressed button."""
    if message := query.message:
        await edit(query.get_bot(), message.chat.id, message.message_id, text, keyboard)


async def reply(
    to: MaybeInaccessibleMessage, text: str, keyboard: InlineKeyboardMarkup | None
) -> None:
    """Reply to a message in its topic; if it is gone, send the text without replying."""
    topic = topic_of(to) if isinstance(to, Message) else None
    await to.get_bot().send_message(
        to.chat.id,
        text,
        reply_markup=keyboard,
        message_thread_id=topic,
        reply_parameters=ReplyParameters(to.message_id, allow_sending_without_reply=True),
    )


async def reply_photo(to: MaybeInaccessibleMessage, jpeg: bytes, caption: str) -> None:
    """Reply to a message with a photo, as `reply` does with a text."""
    await to.get_bot().send_photo(
        to.chat.id,
        jpeg,
        caption,
        message_thread_id=topic_of(to) if isinstance(to, Message) else None,
        reply_parameters=ReplyParameters(to.message_id, allow_sending_without_reply=True),
    )


def topic_of(message: Message) -> int | None:
    """Return the id of the forum topic that the message stands in, None outside of one."""
    return message.message_thread_id if message.is_topic_message else None
