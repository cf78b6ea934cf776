"""The cast of the demo: the bot, two people, and the three chats that they share with it."""

from __future__ import annotations

from telegram import Chat, User
from telegram.constants import ChatType

BOT = User(
    id=7_000_000_001,
    first_name="Trích Dẫn",
    is_bot=True,
    username="trichdan_bot",
    can_join_groups=True,
    can_read_all_group_messages=False,
    supports_inline_queries=True,
)
MINH = User(id=1001, first_name="Minh", is_bot=False, username="minh")
MAI = User(id=1002, first_name="Mai", is_bot=False, username="mai")

PRIVATE = Chat(id=MINH.id, type=ChatType.PRIVATE, first_name="Minh", username="minh")
GROUP = Chat(id=-1_002_000_000_001, type=ChatType.SUPERGROUP, title="Phòng tin · Newsroom")
FORUM = Chat(
    id=-1_002_000_000_002, type=ChatType.SUPERGROUP, title="Toà soạn · Desk", is_forum=True
)
TOPICS = ("An ninh mạng · Cyber", "ASEAN")
