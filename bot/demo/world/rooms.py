"""A chat of the demo: who is in it, what was said, and where in it a message belongs.

A forum's topic is known by the number of the message that opened it. In an ordinary group the
same field names the first message of a chain of replies, which is no topic: bots that take it for
one go wrong here as they do in Telegram.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from telegram import Chat, ForumTopicCreated, Message, User
from telegram.constants import ChatType, ForumIconColor

from bot.demo.errors import BadRequest
from bot.demo.world.cast import BOT


@dataclass
class Room:
    """A chat, the people in it besides the bot, and its messages by their number."""

    chat: Chat
    people: tuple[User, ...]
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0

    @classmethod
    def forum(cls, chat: Chat, people: tuple[User, ...], topics: tuple[str, ...]) -> Room:
        """Return a forum with topics beside its general one."""
        room = cls(chat, people)
        for name in topics:
            opened = ForumTopicCreated(name, ForumIconColor.GREEN)
            number = room.next_id()
            room.messages[number] = Message(
                number,
                now(),
                chat,
                from_user=people[0],
                message_thread_id=number,
                is_topic_message=True,
                forum_topic_created=opened,
            )
        return room

    @property
    def topics(self) -> dict[int, str]:
        """The names of a forum's topics by their numbers."""
        return {
            number: message.forum_topic_created.name
            for number, message in self.messages.items()
            if message.forum_topic_created
        }

    def member(self, user_id: int) -> User:
        """Return the person or the bot with this number."""
        for user in (*self.people, BOT):
            if user.id == user_id:
                return user
        raise BadRequest("user not found")

    def person(self, user_id: int, language_code: str) -> User:
        """Return a member as their client introduces them, with the language it is set to."""
        user = self.member(user_id)
        if user.is_bot:
            raise BadRequest("the bot speaks for itself")
        return User.de_json(user.to_dict() | {"language_code": language_code}, None)

    def next_id(self) -> int:
        """Return the number for a new message."""
        self.last_id += 1
        return self.last_id

    def topic(self, message_thread_id: int) -> int | None:
        """Return the number of a topic, None for no topic; raise where there is none such."""
        if message_thread_id and message_thread_id not in self.topics:
            raise BadRequest("message thread not found")
        return message_thread_id or None

    def place(self, topic: int | None, replied: Message | None) -> dict[str, object]:
        """Return a new message's fields that say where it stands: its thread and what it answers.

        In a topic every message answers one: without another, that which opened the topic.
        """
        if replied and replied.is_topic_message:
            topic = topic or replied.message_thread_id
        if topic:
            return {
                "message_thread_id": topic,
                "is_topic_message": True,
                "reply_to_message": _without_reply(replied or self.messages[topic]),
            }
        if replied is None:
            return {}
        quoted: dict[str, object] = {"reply_to_message": _without_reply(replied)}
        if self.chat.type == ChatType.SUPERGROUP:
            quoted["message_thread_id"] = replied.message_thread_id or replied.message_id
        return quoted


def now() -> datetime:
    """Return the time in whole seconds, as the Bot API counts it."""
    return datetime.now(UTC).replace(microsecond=0)


def _without_reply(message: Message) -> Message:
    """Return the message as it is quoted: what it replied to itself is left out."""
    return Message.de_json(message.to_dict() | {"reply_to_message": None}, None)
