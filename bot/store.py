"""What the bot remembers: the citations of the answers it gave, and who chose which language.

Questions are not kept: a message's id is enough to find its citations again. Every method blocks
and may be called from any thread. Works with SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    URL,
    BigInteger,
    DateTime,
    Engine,
    String,
    create_engine,
    make_url,
    select,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bot.citations import Citation


class StoreError(Exception):
    """A database that cannot be opened or used; the message is one line fit for the user."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer that was sent: its message in the chat, who asked, and what it cited.

    `thread_id` is the forum topic, None outside of one.
    """

    chat_id: int
    message_id: int
    thread_id: int | None
    user_id: int
    asked_at: datetime
    citations: tuple[Citation, ...]


class Row(DeclarativeBase):
    """A row of any table; `Row.metadata` knows them all."""


class _AnswerRow(Row):
    __tablename__ = "answers"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    thread_id: Mapped[int | None] = mapped_column(BigInteger)
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    citations: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    def to_citations(self) -> tuple[Citation, ...]:
        return tuple(Citation(**fields) for fields in self.citations)


class _LanguageRow(Row):
    __tablename__ = "languages"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(8))


@dataclass(frozen=True, slots=True)
class Store:
    """The answers and languages in one database. Every method but `close` raises StoreError."""

    engine: Engine

    @classmethod
    def open(cls, url: str) -> Store:
        """Connect to the database at `url`; make its tables, and a file's folder, if missing."""
        try:
            parsed = make_url(url)
            _make_folder(parsed)
            # Without parameters in its errors, no citation and no id gets into the log.
            engine = create_engine(parsed, hide_parameters=True)
            Row.metadata.create_all(engine)
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise StoreError(f"DATABASE_URL cannot be opened: {_reason(error)}") from None
        return cls(engine)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def save_answer(self, given: GivenAnswer) -> None:
        """Keep an answer; one with the same message is replaced."""
        with self._transaction() as session:
            session.merge(_AnswerRow(**asdict(given)))

    def citations_of(self, chat_id: int, message_id: int) -> tuple[Citation, ...]:
        """Return what the bot's message `message_id` cited; empty if that was no answer."""
        with self._transaction() as session:
            row = session.get(_AnswerRow, (chat_id, message_id))
            return row.to_citations() if row else ()

    def last_citations(
        self, chat_id: int, thread_id: int | None, user_id: int
    ) -> tuple[Citation, ...]:
        """Return what the last answer to this person in this chat and topic cited, else empty."""
        latest = (
            select(_AnswerRow)
            .where(_AnswerRow.chat_id == chat_id, _AnswerRow.user_id == user_id)
            .where(_AnswerRow.thread_id == thread_id)
            .order_by(_AnswerRow.asked_at.desc(), _AnswerRow.message_id.desc())
            .limit(1)
        )
        with self._transaction() as session:
            row = session.scalar(latest)
            return row.to_citations() if row else ()

    def language_of(self, user_id: int) -> str | None:
        """Return the language that this person chose, or None."""
        with self._transaction() as session:
            row = session.get(_LanguageRow, user_id)
            return row.language if row else None

    def choose_language(self, user_id: int, language: str | None) -> None:
        """Keep the language that this person chose; None forgets it."""
        with self._transaction() as session:
            if language:
                session.merge(_LanguageRow(user_id=user_id, language=language))
            elif row := session.get(_LanguageRow, user_id):
                session.delete(row)

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        try:
            with Session(self.engine) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise StoreError(f"the database failed: {_reason(error)}") from error


def _make_folder(url: URL) -> None:
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


def _reason(error: Exception) -> str:
    if isinstance(error, ImportError) and error.name == "psycopg":
        return 'PostgreSQL needs its driver: pip install "trichdan[postgres]"'
    # A driver's own error comes wrapped, with the statement and a link on further lines.
    return str(getattr(error, "orig", None) or error).splitlines()[0]
