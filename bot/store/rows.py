"""The tables, as rows. A change here wants a revision in `bot.store.migrations` that makes it."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Index, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.citations import Citation
from bot.store.answers import GivenAnswer


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, whose time zone SQLite would forget: kept in UTC, and given back in it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with its time zone, whether the database kept that or not."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Row(DeclarativeBase):
    """A row of any table; `Row.metadata` knows them all."""


class AnswerRow(Row):
    """A `GivenAnswer`. Where the question is empty, it was answered before questions were kept."""

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

    def to_answer(self) -> GivenAnswer:
        """Return what the row keeps."""
        kept = {field.name: getattr(self, field.name) for field in fields(GivenAnswer)}
        citations = tuple(Citation(**citation) for citation in self.citations)
        return GivenAnswer(**{**kept, "citations": citations})


class RatingRow(Row):
    """What one person thought of the answer in one message."""

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
    """An update as it was delivered; empty once it is done, with its error where it was set aside.

    Another bot's updates have the same numbers, so a bot's id is part of the key.
    """

    __tablename__ = "updates"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    data: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int]
    error: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
