"""The control methods: what tests and benchmarks call beside the methods for people."""

from __future__ import annotations

from typing import Any

from telegram import Chat, Message, User
from telegram.constants import ChatType

from bot.demo.errors import ApiError
from bot.demo.rules.entities import ParsedText
from bot.demo.world.rooms import Room
from bot.demo.world.world import World
from tests.helpers.controlled_server.control import Control, Fault

FIRST_GUEST = 2001


class ControlMethods:
    """Faults, recorded calls, more people, messages that the page cannot write."""

    def __init__(self, world: World, control: Control) -> None:
        """Keep the world to change and the state to share with the request handlers."""
        self._world = world
        self._control = control

    async def getCalls(self, after: int = 0) -> list[dict[str, object]]:
        """Return the bot's calls past the first `after`, with their parameters as they came."""
        return self._control.calls[after:]

    async def addPerson(self, first_name: str) -> Chat:
        """Add a person with a private chat with the bot; both have the same id."""
        number = FIRST_GUEST + len(self._world.rooms)
        chat = Chat(number, ChatType.PRIVATE, first_name=first_name)
        self._world.add(Room(chat, (User(number, first_name, is_bot=False),)))
        return chat

    async def addFault(
        self,
        method: str,
        times: int = 1,
        code: int = 0,
        retry_after: int = 0,
        seconds: float = 0.0,
        body: str | None = None,
        drop: bool = False,
    ) -> bool:
        """Inject a fault into the next `times` calls of a method; see `Fault`."""
        fault = Fault(method, code, retry_after, seconds, body, drop)
        self._control.faults += [fault] * times
        return True

    async def revokeToken(self) -> bool:
        """Refuse the bot's token from now on, also to a call of `getUpdates` that waits."""
        self._control.revoked = True
        self._world.updates.interrupt(ApiError(401, "Unauthorized"))
        return True

    async def postOther(
        self,
        chat_id: str,
        user_id: int,
        language_code: str,
        fields: dict[str, Any],
        message_thread_id: int = 0,
    ) -> Message:
        """Post a message that is not text, such as a sticker.

        Args:
            chat_id: The chat to post to.
            user_id: Who posts.
            language_code: The language of their client.
            fields: The fields of the Bot API's `Message` that make up the content, as JSON.
            message_thread_id: The topic to post in, 0 for none.
        """
        room = self._world.room(chat_id)
        message = {"message_id": 0, "date": 0, "chat": room.chat.to_dict()} | fields
        parsed = Message.de_json(message, None)
        return self._world.post(
            room,
            room.person(user_id, language_code),
            ParsedText(""),
            topic=room.topic(message_thread_id),
            **{name: getattr(parsed, name) for name in fields},
        )
