"""The world of the demo: its chats, and everything that people and the bot do in them.

A change goes out in two ways: as an event for the page, and as an update for the bot if Telegram
would send it one.
"""

from __future__ import annotations

from collections.abc import Callable

from telegram import CallbackQuery, InlineKeyboardMarkup, InlineQuery, Message, User

from bot.demo.errors import BadRequest
from bot.demo.rules.entities import ParsedText
from bot.demo.rules.privacy import hears
from bot.demo.world.cast import BOT, FORUM, GROUP, MAI, MINH, PRIVATE, TOPICS
from bot.demo.world.commands import CommandLists
from bot.demo.world.events import EventLog
from bot.demo.world.files import Files
from bot.demo.world.inline import InlineAnswer, InlineQueries
from bot.demo.world.rooms import Room, now
from bot.demo.world.updates import UpdateQueue


class World:
    """All chats, with the events, updates, commands, files and inline queries in them."""

    def __init__(self, when_online: Callable[[], None] = lambda: None) -> None:
        """Add the chats; `when_online` is called once, when the bot first asks for updates."""
        both = (MINH, MAI)
        self._rooms: dict[str, Room] = {}
        for room in (Room(PRIVATE, (MINH,)), Room(GROUP, both), Room.forum(FORUM, both, TOPICS)):
            self.add(room)
        self.events = EventLog()
        self.updates = UpdateQueue()
        self.commands = CommandLists()
        self.files = Files()
        self.inline = InlineQueries()
        self.online = False
        self._when_online = when_online
        self._queries: dict[str, CallbackQuery] = {}

    @property
    def rooms(self) -> tuple[Room, ...]:
        """All chats, in the order in which they were added."""
        return tuple(self._rooms.values())

    def come_online(self) -> None:
        """Note that the bot asks for updates."""
        if not self.online:
            self.online = True
            self.events.append("online")
            self._when_online()

    def add(self, room: Room) -> None:
        """Add a chat."""
        self._rooms[str(room.chat.id)] = room

    def room(self, chat_id: str) -> Room:
        """Return the chat with this id; raise `BadRequest` if there is none."""
        if room := self._rooms.get(chat_id):
            return room
        raise BadRequest("chat not found")

    def message(self, chat_id: str, message_id: int, purpose: str) -> Message:
        """Return a message; raise `BadRequest` if there is none, naming its `purpose`."""
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
        topic: int | None = None,
        reply_to: Message | None = None,
        **details: object,
    ) -> Message:
        """Add a message to a chat; the bot gets an update if privacy mode allows.

        Args:
            room: The chat.
            sender: Who posts.
            content: The text, or the caption of a document or a photo.
            topic: The forum's topic, None for none.
            reply_to: The message that this one replies to.
            details: Other fields of the message, named as python-telegram-bot names them.
        """
        kind = "caption" if {"document", "photo"} & details.keys() else "text"
        fields = {
            "message_id": room.next_id(),
            "date": now(),
            "chat": room.chat,
            "from_user": sender,
            kind: content.text or None,
            "entities" if kind == "text" else "caption_entities": content.entities,
        }
        message = Message(**fields | room.place(topic, reply_to) | details)  # type: ignore[arg-type]
        self._show(room, message)
        self._tell("message", message)
        return message

    def edit(
        self, message: Message, content: ParsedText, reply_markup: InlineKeyboardMarkup | None
    ) -> Message:
        """Change content and buttons of a message; raise `BadRequest` if nothing changes."""
        changed = message.to_dict() | {
            "text": content.text,
            "entities": [entity.to_dict() for entity in content.entities],
            "edit_date": int(now().timestamp()),
            "reply_markup": reply_markup.to_dict() if reply_markup else None,
        }
        edited = Message.de_json(changed, None)
        if _editable(edited) == _editable(message):
            raise BadRequest(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        self._show(self.room(str(message.chat_id)), edited)
        self._tell("edited_message", edited)
        return edited

    def delete(self, message: Message) -> None:
        """Delete a message."""
        del self.room(str(message.chat_id)).messages[message.message_id]
        self.events.append("deleted", chat_id=message.chat_id, message_id=message.message_id)

    def act(self, room: Room, topic: int | None, action: str) -> None:
        """Show what the bot is doing, such as typing."""
        self.events.append(
            "action",
            chat_id=room.chat.id,
            message_thread_id=topic or 0,
            action=action,
            date=now().timestamp(),
        )

    def press(self, message: Message, person: User, data: str) -> CallbackQuery:
        """Press the button of a message whose callback data are `data`; raise if there is none."""
        buttons = message.reply_markup.inline_keyboard if message.reply_markup else ()
        if data not in [button.callback_data for row in buttons for button in row]:
            raise BadRequest("BUTTON_DATA_INVALID")
        number = str(len(self._queries) + 1)
        query = CallbackQuery(number, person, str(message.chat_id), message, data)
        self._queries[number] = query
        self.updates.add("callback_query", query)
        return query

    def answer(self, query_id: str, text: str, show_alert: bool) -> None:
        """Show the bot's answer to the person who pressed a button."""
        if query_id not in self._queries:
            raise BadRequest("query is too old and response timeout expired or query ID is invalid")
        self.events.append("answer", query_id=query_id, text=text, show_alert=show_alert)

    def type_inline(self, room: Room, person: User, text: str, offset: str) -> InlineQuery:
        """Type a query after the bot's name; a cached answer is offered at once."""
        query = self.inline.ask(person, room.chat, text, offset)
        if answer := self.inline.cached(query):
            self.offer(query.id, answer)
        else:
            self.updates.add("inline_query", query)
        return query

    def offer(self, query_id: str, answer: InlineAnswer) -> None:
        """Show the results of an inline query."""
        self.events.append(
            "inline",
            query_id=query_id,
            results=answer.results,
            next_offset=answer.next_offset,
            button=answer.button,
        )

    def _show(self, room: Room, message: Message) -> None:
        room.messages[message.message_id] = message
        self.events.append("message", message=message.to_dict())

    def _tell(self, kind: str, message: Message) -> None:
        """Queue an update for what a person wrote, if privacy mode allows."""
        if message.from_user != BOT and hears(BOT, message):
            self.updates.add(kind, message)


def _editable(message: Message) -> dict[str, object]:
    """Return the parts of a message that an edit can change."""
    fields = message.to_dict()
    return {name: fields.get(name) for name in ("text", "entities", "reply_markup")}
