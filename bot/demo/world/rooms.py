"""A chat of the demo: its members, its messages, and the threads that they belong to.

The id of a forum's topic is the number of the message that opened it. In an ordinary group
`message_thread_id` holds the first message of a chain of replies, which is not a topic. A bot that
mistakes one for the other fails here as it does in Telegram.
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
    """A chat, its people (the bot is a member of every chat), and its messages by number."""

    chat: Chat
    people: tuple[User, ...]
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0

    @classmethod
    def forum(cls, chat: Chat, people: tuple[User, ...], topics: tuple[str, ...]) -> Room:
        """Return a forum with these topics beside the general one."""
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
        """Return the person or bot with this id; raise `BadRequest` if there is none here."""
        for user in (*self.people, BOT):
            if user.id == user_id:
                return user
        raise BadRequest("user not found")

    def person(self, user_id: int, language_code: str) -> User:
        """Return a person of this chat with the language of their client; raise for the bot."""
        user = self.member(user_id)
        if user.is_bot:
            raise BadRequest("the bot speaks for itself")
        return User.de_json(user.to_dict() | {"language_code": language_code}, None)

    def next_id(self) -> int:
        """Return the number of the next message, and count it as used."""
        self.last_id += 1
        return self.last_id

    def topic(self, message_thread_id: int) -> int | None:
        """Return the topic, None if it is 0; raise `BadRequest` if the chat has no such topic."""
        if message_thread_id and message_thread_id not in self.topics:
            raise BadRequest("message thread not found")
        return message_thread_id or None

    def place(self, topic: int | None, replied: Message | None) -> dict[str, object]:
        """Return the fields of a new message that tell its thread and the message it replies to.

        In a topic, a message without a reply replies to the message that opened the topic.

        Args:
            topic: The topic that the message is posted in, None for none.
            replied: The message that it replies to, None for none.
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
    """Return the current time in whole seconds, the unit of the Bot API."""
    return datetime.now(UTC).replace(microsecond=0)


def _without_reply(message: Message) -> Message:
    """Return the message as a reply quotes it, without the message that it replied to itself."""
    return Message.de_json(message.to_dict() | {"reply_to_message": None}, None)
