"""The methods for the page: what a person sees and does in the demo's chats."""

from __future__ import annotations

from telegram import BotCommand, CallbackQuery, InlineKeyboardMarkup, InlineQuery, Message

from bot.demo.errors import BadRequest
from bot.demo.rules.content import caption_content, plain_content
from bot.demo.rules.inline_results import content_of
from bot.demo.rules.keyboards import checked_keyboard
from bot.demo.world.cast import BOT
from bot.demo.world.events import Event
from bot.demo.world.world import World
from retrieval.reading.formats import SUFFIXES

LONGEST_WAIT_SECONDS = 50.0


class PersonMethods:
    """The chats as their members use them.

    `language_code` is the language that the person's client is set to. `message_thread_id` is a
    topic of a forum, 0 for none.
    """

    def __init__(self, world: World) -> None:
        """Keep the world that holds the chats."""
        self._world = world

    async def getRooms(self) -> dict[str, object]:
        """Return "bot", and "rooms": each chat with its people and topics."""
        rooms = [
            {"chat": room.chat, "people": room.people, "topics": room.topics}
            for room in self._world.rooms
        ]
        return {"bot": BOT, "rooms": rooms}

    async def getDocumentSuffixes(self) -> tuple[str, ...]:
        """Return the suffixes of the files that the bot reads, such as ".pdf"."""
        return SUFFIXES

    async def getEvents(self, after: int, seconds: float = 0.0) -> tuple[Event, ...]:
        """Return the events past the first `after`; wait up to `seconds` if there are none yet."""
        return await self._world.events.after(after, min(seconds, LONGEST_WAIT_SECONDS))

    async def getCommands(self, chat_id: str, language_code: str) -> tuple[BotCommand, ...]:
        """Return the commands in the menu of a chat."""
        return self._world.commands.shown(self._world.room(chat_id).chat, language_code)

    async def postMessage(
        self,
        chat_id: str,
        user_id: int,
        text: str,
        language_code: str,
        reply_to: int = 0,
        message_thread_id: int = 0,
    ) -> Message:
        """Post a text, as a reply to the message `reply_to` unless that is 0."""
        room = self._world.room(chat_id)
        return self._world.post(
            room,
            room.person(user_id, language_code),
            plain_content(text),
            topic=room.topic(message_thread_id),
            reply_to=self._world.message(chat_id, reply_to, "reply to") if reply_to else None,
        )

    async def postFile(
        self,
        chat_id: str,
        user_id: int,
        language_code: str,
        name: str,
        content: bytes,
        caption: str = "",
        message_thread_id: int = 0,
    ) -> Message:
        """Post a file, with a caption unless that is empty."""
        room = self._world.room(chat_id)
        return self._world.post(
            room,
            room.person(user_id, language_code),
            caption_content(caption),
            topic=room.topic(message_thread_id),
            document=self._world.files.add(name, content),
        )

    async def editMessage(
        self, chat_id: str, message_id: int, user_id: int, text: str, language_code: str
    ) -> Message:
        """Change the text of a message that the person has written."""
        message = self._world.message(chat_id, message_id, "edit")
        if message.from_user != self._world.room(chat_id).member(user_id) or not message.text:
            raise BadRequest("message can't be edited")
        return self._world.edit(message, plain_content(text), None)

    async def pressButton(
        self, chat_id: str, message_id: int, user_id: int, data: str, language_code: str
    ) -> CallbackQuery:
        """Press the button below a message whose callback data are `data`."""
        person = self._world.room(chat_id).person(user_id, language_code)
        message = self._world.message(chat_id, message_id, "press a button of")
        return self._world.press(message, person, data)

    async def typeInline(
        self, chat_id: str, user_id: int, query: str, language_code: str, offset: str = ""
    ) -> InlineQuery:
        """Type a query after the bot's name; the results come as an event."""
        room = self._world.room(chat_id)
        person = room.person(user_id, language_code)
        return self._world.type_inline(room, person, query, offset)

    async def chooseResult(
        self,
        chat_id: str,
        user_id: int,
        query_id: str,
        result_id: str,
        language_code: str,
        message_thread_id: int = 0,
    ) -> Message:
        """Post an inline result: a message of the person, marked as sent via the bot."""
        room = self._world.room(chat_id)
        result = self._world.inline.chosen(query_id, result_id)
        markup = result.get("reply_markup") or {"inline_keyboard": []}
        return self._world.post(
            room,
            room.person(user_id, language_code),
            content_of(result),
            topic=room.topic(message_thread_id),
            via_bot=BOT,
            reply_markup=checked_keyboard(InlineKeyboardMarkup.de_json(markup, None)),
        )
