"""The chats of the demo: who is in them, what was said, and what the bot gets to hear of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from telegram import (
    CallbackQuery,
    Chat,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    User,
)

from bot.demo.cast import BOT, GROUP, MAI, MINH, PRIVATE
from bot.demo.commands import CommandLists
from bot.demo.entities import ParsedText
from bot.demo.errors import BadRequest
from bot.demo.events import EventLog
from bot.demo.privacy import hears
from bot.demo.updates import UpdateQueue


@dataclass
class Room:
    """A chat, the people in it besides the bot, and its messages by their number."""

    chat: Chat
    people: tuple[User, ...]
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0

    def member(self, user_id: int) -> User:
        """Return the person or the bot with this number."""
        for user in (*self.people, BOT):
            if user.id == user_id:
                return user
        raise BadRequest("user not found")


class World:
    """All chats, and the two ways out of them: events for the page, updates for the bot."""

    def __init__(self, when_online: Callable[[], None] = lambda: None) -> None:
        """Set the scene; `when_online` is called once, when the bot first asks for updates."""
        self.rooms = (Room(PRIVATE, (MINH,)), Room(GROUP, (MINH, MAI)))
        self.events = EventLog()
        self.updates = UpdateQueue()
        self.commands = CommandLists()
        self.online = False
        self._when_online = when_online
        self._queries: dict[str, CallbackQuery] = {}

    def come_online(self) -> None:
        """Note that the bot listens."""
        if not self.online:
            self.online = True
            self.events.append("online")
            self._when_online()

    def room(self, chat_id: str) -> Room:
        """Return the chat with this number."""
        for room in self.rooms:
            if str(room.chat.id) == chat_id:
                return room
        raise BadRequest("chat not found")

    def message(self, chat_id: str, message_id: int, purpose: str) -> Message:
        """Return a message; `purpose` says in the error what it was wanted for."""
        message = self.room(chat_id).messages.get(message_id)
        if message is None:
            raise BadRequest(f"message to {purpose} not found")
        return message

    def post(
        self,
        room: Room,
        sender: User,
        content: ParsedText,
        *,
        reply_to: Message | None = None,
        reply_markup: InlineKeyboardMarkup | None = None,
        link_preview_options: LinkPreviewOptions | None = None,
        has_protected_content: bool = False,
    ) -> Message:
        """Add a message to a chat; the bot is told of it as privacy mode allows."""
        room.last_id += 1
        message = Message(
            room.last_id,
            _now(),
            room.chat,
            from_user=sender,
            text=content.text,
            entities=content.entities,
            reply_to_message=_without_reply(reply_to) if reply_to else None,
            reply_markup=reply_markup,
            link_preview_options=link_preview_options,
            has_protected_content=has_protected_content or None,
        )
        self._show(room, message)
        if not sender.is_bot and hears(BOT, message):
            self.updates.add("message", message)
        return message

    def edit(
        self, message: Message, content: ParsedText, reply_markup: InlineKeyboardMarkup | None
    ) -> Message:
        """Give a message other content and buttons; refuse to where nothing would change."""
        changed = message.to_dict() | {
            "text": content.text,
            "entities": [entity.to_dict() for entity in content.entities],
            "edit_date": int(_now().timestamp()),
            "reply_markup": reply_markup.to_dict() if reply_markup else None,
        }
        edited = Message.de_json(changed, None)
        if _face(edited) == _face(message):
            raise BadRequest(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        self._show(self.room(str(message.chat_id)), edited)
        return edited

    def delete(self, message: Message) -> None:
        """Take a message out of its chat."""
        del self.room(str(message.chat_id)).messages[message.message_id]
        self.events.append("deleted", chat_id=message.chat_id, message_id=message.message_id)

    def act(self, room: Room, action: str) -> None:
        """Show what the bot is about to do, such as typing."""
        self.events.append("action", chat_id=room.chat.id, action=action, date=_now().timestamp())

    def press(self, message: Message, person: User, data: str) -> CallbackQuery:
        """Press the button of a message that carries `data`."""
        buttons = message.reply_markup.inline_keyboard if message.reply_markup else ()
        if data not in [button.callback_data for row in buttons for button in row]:
            raise BadRequest("BUTTON_DATA_INVALID")
        number = str(len(self._queries) + 1)
        query = CallbackQuery(number, person, str(message.chat_id), message, data)
        self._queries[number] = query
        self.updates.add("callback_query", query)
        return query

    def answer(self, query_id: str, text: str, show_alert: bool) -> None:
        """Show the bot's answer to who pressed a button."""
        if query_id not in self._queries:
            raise BadRequest("query is too old and response timeout expired or query ID is invalid")
        self.events.append("answer", query_id=query_id, text=text, show_alert=show_alert)

    def _show(self, room: Room, message: Message) -> None:
        room.messages[message.message_id] = message
        self.events.append("message", message=message.to_dict())


def _now() -> datetime:
    """Return the time in whole seconds, as the Bot API counts it."""
    return datetime.now(UTC).replace(microsecond=0)


def _without_reply(message: Message) -> Message:
    """Return the message as it is quoted: what it replied to itself is left out."""
    return Message.de_json(message.to_dict() | {"reply_to_message": None}, None)


def _face(message: Message) -> dict[str, object]:
    """Return what an edit can change."""
    fields = message.to_dict()
    return {name: fields.get(name) for name in ("text", "entities", "reply_markup")}
