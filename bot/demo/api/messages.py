"""The Bot API's methods for messages: send, edit, delete, and answer a pressed button."""

from __future__ import annotations

from telegram import (
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyParameters,
)
from telegram.constants import CallbackQueryLimit, ChatAction, ChatType

from bot.demo.errors import BadRequest
from bot.demo.rules.content import caption_content, marked_up_content
from bot.demo.rules.entities import ParsedText, utf16_length
from bot.demo.rules.keyboards import checked_keyboard
from bot.demo.world.cast import BOT
from bot.demo.world.rooms import Room
from bot.demo.world.world import World


class MessageMethods:
    """The methods by which the bot acts in chats."""

    def __init__(self, world: World) -> None:
        """Keep the world that holds the chats."""
        self._world = world

    async def sendMessage(
        self,
        chat_id: str,
        text: str,
        parse_mode: str = "",
        entities: list[MessageEntity] | None = None,
        link_preview_options: LinkPreviewOptions | None = None,
        disable_notification: bool = False,
        protect_content: bool = False,
        message_thread_id: int = 0,
        reply_parameters: ReplyParameters | None = None,
        reply_markup: InlineKeyboardMarkup | None = None,
    ) -> Message:
        """Post a message of the bot."""
        room = self._world.room(chat_id)
        return self._world.post(
            room,
            BOT,
            marked_up_content(text, parse_mode, entities),
            topic=room.topic(message_thread_id),
            reply_to=_replied(room, reply_parameters),
            reply_markup=checked_keyboard(reply_markup),
            link_preview_options=link_preview_options,
            has_protected_content=protect_content or None,
        )

    async def sendPhoto(
        self,
        chat_id: str,
        photo: bytes,
        caption: str = "",
        parse_mode: str = "",
        message_thread_id: int = 0,
        reply_parameters: ReplyParameters | None = None,
        reply_markup: InlineKeyboardMarkup | None = None,
    ) -> Message:
        """Post a photo of the bot, uploaded with the call."""
        room = self._world.room(chat_id)
        return self._world.post(
            room,
            BOT,
            caption_content(caption, parse_mode),
            topic=room.topic(message_thread_id),
            reply_to=_replied(room, reply_parameters),
            reply_markup=checked_keyboard(reply_markup),
            photo=(self._world.files.add_photo(photo),),
        )

    async def editMessageText(
        self,
        chat_id: str,
        message_id: int,
        text: str,
        parse_mode: str = "",
        entities: list[MessageEntity] | None = None,
        link_preview_options: LinkPreviewOptions | None = None,
        reply_markup: InlineKeyboardMarkup | None = None,
    ) -> Message:
        """Change a message of the bot; its buttons are removed unless they are given again."""
        message = self._own(chat_id, message_id)
        content = marked_up_content(text, parse_mode, entities)
        return self._world.edit(message, content, checked_keyboard(reply_markup))

    async def editMessageReplyMarkup(
        self, chat_id: str, message_id: int, reply_markup: InlineKeyboardMarkup | None = None
    ) -> Message:
        """Change or remove the buttons below a message of the bot."""
        message = self._own(chat_id, message_id)
        content = ParsedText(message.text or "", message.entities)
        return self._world.edit(message, content, checked_keyboard(reply_markup))

    async def deleteMessage(self, chat_id: str, message_id: int) -> bool:
        """Delete a message: one of the bot's or, in a private chat, any."""
        message = self._world.message(chat_id, message_id, "delete")
        if message.from_user != BOT and message.chat.type != ChatType.PRIVATE:
            raise BadRequest("message can't be deleted")
        self._world.delete(message)
        return True

    async def answerCallbackQuery(
        self,
        callback_query_id: str,
        text: str = "",
        show_alert: bool = False,
        url: str = "",
        cache_time: int = 0,
    ) -> bool:
        """Answer a pressed button: end its waiting and, if `text` is set, show a notice."""
        if utf16_length(text) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
            raise BadRequest("MESSAGE_TOO_LONG")
        self._world.answer(callback_query_id, text, show_alert)
        return True

    async def sendChatAction(self, chat_id: str, action: str, message_thread_id: int = 0) -> bool:
        """Show what the bot is doing, such as typing."""
        if action not in list(ChatAction):
            raise BadRequest("wrong parameter action in request")
        room = self._world.room(chat_id)
        self._world.act(room, room.topic(message_thread_id), action)
        return True

    def _own(self, chat_id: str, message_id: int) -> Message:
        message = self._world.message(chat_id, message_id, "edit")
        if message.from_user != BOT:
            raise BadRequest("message can't be edited")
        return message


def _replied(room: Room, parameters: ReplyParameters | None) -> Message | None:
    if parameters is None:
        return None
    message = room.messages.get(parameters.message_id)
    if message is None and not parameters.allow_sending_without_reply:
        raise BadRequest("message to be replied not found")
    return message
