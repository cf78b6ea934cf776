"""What a person sees and does in the demo: the page's side of the server, and the tests'."""

from __future__ import annotations

from telegram import BotCommand, CallbackQuery, Message, User

from bot.demo.cast import BOT
from bot.demo.content import plain_content
from bot.demo.errors import BadRequest
from bot.demo.events import Event
from bot.demo.world import Room, World

LONGEST_WAIT_SECONDS = 50.0


class PersonMethods:
    """The chats as their members use them; `language_code` is what their client is set to."""

    def __init__(self, world: World) -> None:
        """Keep the world they live in."""
        self._world = world

    async def getRooms(self) -> dict[str, object]:
        """Return the bot and the chats, each with the people in it."""
        rooms = [{"chat": room.chat, "people": room.people} for room in self._world.rooms]
        return {"bot": BOT, "rooms": rooms}

    async def getEvents(self, after: int, seconds: float = 0.0) -> tuple[Event, ...]:
        """Return what happened past the first `after` events; wait up to `seconds` for it."""
        return await self._world.events.after(after, min(seconds, LONGEST_WAIT_SECONDS))

    async def getCommands(self, chat_id: str, language_code: str) -> tuple[BotCommand, ...]:
        """Return the command menu that a chat shows."""
        return self._world.commands.shown(self._world.room(chat_id).chat, language_code)

    async def postMessage(
        self, chat_id: str, user_id: int, text: str, language_code: str, reply_to: int = 0
    ) -> Message:
        """Say something in a chat, in answer to the message numbered `reply_to` if any."""
        room = self._world.room(chat_id)
        replied = self._world.message(chat_id, reply_to, "reply to") if reply_to else None
        person = _person(room, user_id, language_code)
        return self._world.post(room, person, plain_content(text), reply_to=replied)

    async def pressButton(
        self, chat_id: str, message_id: int, user_id: int, data: str, language_code: str
    ) -> CallbackQuery:
        """Press the button below a message that carries `data`."""
        person = _person(self._world.room(chat_id), user_id, language_code)
        message = self._world.message(chat_id, message_id, "press a button of")
        return self._world.press(message, person, data)


def _person(room: Room, user_id: int, language_code: str) -> User:
    """Return a member as their client introduces them."""
    user = room.member(user_id)
    if user.is_bot:
        raise BadRequest("the bot speaks for itself")
    return User.de_json(user.to_dict() | {"language_code": language_code}, None)
