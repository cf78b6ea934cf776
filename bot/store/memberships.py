"""Who joined a collection by a code, the codes themselves, and what people chose to ask.

A code is kept as its SHA-256. It has 60 random bits, so that nobody finds it from there. Every
method blocks, may be called from any thread, and raises StoreError if the database fails.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, select

from bot.store.database import insert_into, transaction
from bot.store.rows import ChoiceRow, InvitationRow, MemberRow

_WHOLE_CHAT = 0  # stands for no topic: a part of a key cannot be missing


@dataclass(frozen=True, slots=True)
class Member:
    """A group, a topic or a person that joined a collection.

    `chat_id` is the person's id in private. `topic` is None for a whole group and for a person.
    `title` is what the chat or the person was called then.
    """

    collection: str
    chat_id: int
    topic: int | None
    title: str
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Memberships:
    """The memberships, codes and choices in one database."""

    engine: Engine

    def invite(self, collection: str, code: str, until: datetime) -> None:
        """Store a code that opens a collection until then; codes that are over are deleted."""
        row = {"code": _hash(code), "collection": collection, "until": until}
        with transaction(self.engine) as connection:
            connection.execute(delete(InvitationRow).where(InvitationRow.until < _now(until)))
            connection.execute(insert_into(InvitationRow, connection).values(row))

    def join(self, code: str, member: Member) -> str | None:
        """Let a chat or person join the collection that a code opens; the code is used up.

        Args:
            code: What was typed.
            member: Who joins, and when; its `collection` counts for nothing.

        Returns:
            The collection's name, None where the code opens none.
        """
        used = delete(InvitationRow).where(
            InvitationRow.code == _hash(code), InvitationRow.until > member.joined_at
        )
        with transaction(self.engine) as connection:
            collection: str | None = connection.scalar(used.returning(InvitationRow.collection))
            if collection is not None:
                row = {
                    "collection": collection,
                    "chat_id": member.chat_id,
                    "topic": member.topic or _WHOLE_CHAT,
                    "title": member.title,
                    "joined_at": member.joined_at,
                }
                insert = insert_into(MemberRow, connection).values(row)
                connection.execute(insert.on_conflict_do_nothing())
            return collection

    def leave(self, collection: str, chat_id: int, topic: int | None) -> bool:
        """End a membership; return False where there was none."""
        here = (
            MemberRow.collection == collection,
            MemberRow.chat_id == chat_id,
            MemberRow.topic == (topic or _WHOLE_CHAT),
        )
        with transaction(self.engine) as connection:
            return connection.execute(delete(MemberRow).where(*here)).rowcount > 0

    def joined(self, chat_id: int, topic: int | None = None) -> frozenset[str]:
        """Return the names of the collections that a chat, or this topic of it, has joined."""
        topics = (_WHOLE_CHAT, topic or _WHOLE_CHAT)
        asked = select(MemberRow.collection).where(
            MemberRow.chat_id == chat_id, MemberRow.topic.in_(topics)
        )
        with transaction(self.engine) as connection:
            return frozenset(connection.scalars(asked))

    def members(self, collection: str) -> tuple[Member, ...]:
        """Return all that joined a collection, the first ones first."""
        asked = (
            select(MemberRow.__table__)
            .where(MemberRow.collection == collection)
            .order_by(MemberRow.joined_at, MemberRow.chat_id, MemberRow.topic)
        )
        with transaction(self.engine) as connection:
            return tuple(
                Member(row.collection, row.chat_id, row.topic or None, row.title, row.joined_at)
                for row in connection.execute(asked)
            )

    def choose(self, user_id: int, collection: str | None) -> None:
        """Store which collection a person asks in private; None for all that they may read."""
        with transaction(self.engine) as connection:
            connection.execute(delete(ChoiceRow).where(ChoiceRow.user_id == user_id))
            if collection is not None:
                row = {"user_id": user_id, "collection": collection}
                insert = insert_into(ChoiceRow, connection).values(row)
                connection.execute(insert.on_conflict_do_nothing())

    def choice_of(self, user_id: int) -> str | None:
        """Return which collection a person asks in private, None for all."""
        asked = select(ChoiceRow.collection).where(ChoiceRow.user_id == user_id)
        with transaction(self.engine) as connection:
            chosen: str | None = connection.scalar(asked)
            return chosen


def _now(until: datetime) -> datetime:
    return datetime.now(until.tzinfo)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
