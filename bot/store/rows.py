"""The database's tables, one class each; a change needs a revision in `bot.store.migrations`."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Double,
    Index,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.citations import Citation
from bot.store.answers import GivenAnswer

_PENDING = text("done_at IS NULL AND error IS NULL")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment that is stored and returned in UTC; SQLite alone would drop the time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC, also if the database dropped its time zone."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Row(DeclarativeBase):
    """The base class of all rows; `Row.metadata` lists their tables."""


class AnswerRow(Row):
    """A stored `GivenAnswer`; its question is empty if it dates from before revision 0002."""

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_question", "chat_id", "question_id"),)

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    thread_id: Mapped[int | None] = mapped_column(BigInteger)
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    question_id: Mapped[int] = mapped_column(BigInteger)
    question: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    answered: Mapped[bool]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    citations: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    restored: Mapped[str | None] = mapped_column(Text)
    missing: Mapped[list[str]] = mapped_column(JSON)

    def to_answer(self) -> GivenAnswer:
        """Return the row as a `GivenAnswer`."""
        kept = {field.name: getattr(self, field.name) for field in fields(GivenAnswer)}
        citations = tuple(Citation.from_record(citation) for citation in self.citations)
        return GivenAnswer(**{**kept, "citations": citations, "missing": tuple(self.missing)})


class RatingRow(Row):
    """One person's rating of the answer in one message."""

    __tablename__ = "ratings"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    helpful: Mapped[bool]


class LanguageRow(Row):
    """The language that a person chose."""

    __tablename__ = "languages"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(8))


class UpdateRow(Row):
    """An update as Telegram delivered it.

    `data` is emptied once the update is handled; `error` is set if it was set aside. Two bots'
    updates can have the same ids, so the bot's id is part of the key. `chat_id` is the chat in
    whose order it is handled, None where it waits for no other. `holder` names the process that
    handles it.
    """

    __tablename__ = "updates"
    __table_args__ = (
        Index(
            "ix_updates_pending",
            "bot_id",
            "chat_id",
            "holder",
            sqlite_where=_PENDING,
            postgresql_where=_PENDING,
        ),
    )

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    data: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int]
    error: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    holder: Mapped[str] = mapped_column(String(32), server_default="")


class ReplicaRow(Row):
    """A process that handles a bot's updates together with others; `seen_at` is its last beat."""

    __tablename__ = "replicas"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AccountRow(Row):
    """A person's stored `Account` of one kind."""

    __tablename__ = "accounts"

    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    paid_off: Mapped[float] = mapped_column(Double)
    latest: Mapped[int] = mapped_column(BigInteger)
    refused: Mapped[int | None] = mapped_column(BigInteger)


class FeedRow(Row):
    """A feed by its address, with what came with its last version."""

    __tablename__ = "feeds"

    address: Mapped[str] = mapped_column(Text, primary_key=True)
    etag: Mapped[str] = mapped_column(Text)
    modified: Mapped[str] = mapped_column(Text)


class ArticleRow(Row):
    """An article of a feed that was taken; one article may have several keys."""

    __tablename__ = "articles"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WatchRow(Row):
    """A stored `Watch`."""

    __tablename__ = "watches"
    # No number is used twice: buttons name a watch by it.
    __table_args__ = ({"sqlite_autoincrement": True},)

    number: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, index=True)
    thread_id: Mapped[int | None] = mapped_column(BigInteger)
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    message_id: Mapped[int] = mapped_column(BigInteger)
    question: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))


class ToldRow(Row):
    """A document that a watched question was answered from; its chat has heard of it."""

    __tablename__ = "told"

    watch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(String(64), primary_key=True)


class KnownRow(Row):
    """The documents that watched questions were put to: the first digits of all their hashes."""

    __tablename__ = "known_documents"

    collection: Mapped[str] = mapped_column(String(64), primary_key=True)
    digits: Mapped[bytes] = mapped_column(LargeBinary)


class MemberRow(Row):
    """A chat, a topic or a person that joined a collection; `topic` is 0 outside of a topic."""

    __tablename__ = "members"

    collection: Mapped[str] = mapped_column(String(32), primary_key=True)
    chat_id: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, index=True
    )
    topic: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(Text)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)


class InvitationRow(Row):
    """A code that opens a collection until then, as the SHA-256 of its letters."""

    __tablename__ = "invitations"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    collection: Mapped[str] = mapped_column(String(32))
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class ChoiceRow(Row):
    """The collection that a person asks in private."""

    __tablename__ = "choices"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    collection: Mapped[str] = mapped_column(String(32))
