"""Messages of the bot's own that it comes back to: those with pressed buttons, and old answers.

They may be long gone, or so old that Telegram says no more of them than where they stand. That
is nobody's mistake, so none of it is an error here.
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
    """Let the button stop spinning, with a notice in passing, or as an `alert` that wants an "OK".

    A press older than some minutes, such as one made while the bot was off, takes no answer.
    """
    with suppress(BadRequest):
        await query.answer(said or None, show_alert=alert or None)


async def edit(
    bot: Bot, chat_id: int, message_id: int, text: str, keyboard: InlineKeyboardMarkup | None
) -> bool:
    """Give a message another text and keyboard; return False where there is none to be edited."""
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
    """Show another text and keyboard in the message with the pressed button."""
    if message := query.message:
        await edit(query.get_bot(), message.chat.id, message.message_id, text, keyboard)


async def reply(
    to: MaybeInaccessibleMessage, text: str, keyboard: InlineKeyboardMarkup | None
) -> None:
    """Reply to a message, in its topic; send the text without replying where it is gone."""
    topic = topic_of(to) if isinstance(to, Message) else None
    await to.get_bot().send_message(
        to.chat.id,
        text,
        reply_markup=keyboard,
        message_thread_id=topic,
        reply_parameters=ReplyParameters(to.message_id, allow_sending_without_reply=True),
    )


def topic_of(message: Message) -> int | None:
    """Return the forum topic that the message stands in, None outside of one."""
    return message.message_thread_id if message.is_topic_message else None
