"""The updates that Telegram has delivered: pending until handled, then only their numbers.

The numbers stay for as long as Telegram may deliver an update again, which it does where it did
not hear that the first delivery arrived. What is set aside stays for good, with its error.

A commit reaches the operating system, and so outlives the process however that ends. It is not
synced to the disk each time (`synchronous = NORMAL`): at a power cut SQLite may lose the last
moments' commits, though never its soundness. PostgreSQL loses nothing there either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import StoreError, reason
from bot.store.rows import AnswerRow, UpdateRow

REDELIVERY = timedelta(days=2)  # Telegram keeps what it could not deliver for one


@dataclass(frozen=True, slots=True)
class KeptUpdate:
    """An update as JSON, how often its handling was begun, and why it was set aside, if it was."""

    update_id: int
    data: str
    received_at: datetime
    attempts: int
    error: str | None


@dataclass(frozen=True, slots=True)
class KeptUpdates:
    """The updates of one bot. Methods block, may be called from any thread, raise StoreError."""

    engine: Engine
    bot_id: int

    def keep(self, update_id: int, data: str) -> bool:
        """Keep an update as pending; return False where it was delivered before."""
        row = {
            "bot_id": self.bot_id,
            "update_id": update_id,
            "data": data,
            "received_at": datetime.now(UTC),
            "attempts": 0,
        }
        dialect = postgresql if self.engine.dialect.name == "postgresql" else sqlite
        with _transaction(self.engine) as connection:
            insert = dialect.insert(UpdateRow).values(row).on_conflict_do_nothing()
            return connection.execute(insert.returning(UpdateRow.update_id)).first() is not None

    def begin(self, update_id: int) -> None:
        """Count one more attempt to handle an update."""
        with _transaction(self.engine) as connection:
            counted = update(UpdateRow).values(attempts=UpdateRow.attempts + 1)
            connection.execute(counted.where(self._are([update_id])))

    def finish(self, update_ids: Sequence[int]) -> None:
        """Mark updates as handled, but for those set aside, and forget what is in them."""
        with _transaction(self.engine) as connection:
            done = update(UpdateRow).values(done_at=datetime.now(UTC), data="")
            connection.execute(done.where(self._are(update_ids), UpdateRow.error.is_(None)))

    def set_aside(self, update_id: int, error: str) -> None:
        """Keep an update, but as pending no longer."""
        with _transaction(self.engine) as connection:
            failed = update(UpdateRow).values(error=error)
            connection.execute(failed.where(self._are([update_id])))

    def pending(self) -> tuple[KeptUpdate, ...]:
        """Return what is not handled, in the order of its numbers."""
        mine = UpdateRow.bot_id == self.bot_id
        return _read(
            self.engine, and_(mine, UpdateRow.done_at.is_(None), UpdateRow.error.is_(None))
        )

    def is_answered(self, chat_id: int, question_id: int) -> bool:
        """Tell whether an answer to a message is kept, and so was sent."""
        asked = and_(AnswerRow.chat_id == chat_id, AnswerRow.question_id == question_id)
        with _transaction(self.engine) as connection:
            return bool(connection.scalar(select(exists().where(asked))))

    def prune(self) -> None:
        """Forget the numbers that Telegram delivers no more."""
        with _transaction(self.engine) as connection:
            old = UpdateRow.done_at < datetime.now(UTC) - REDELIVERY
            connection.execute(delete(UpdateRow).where(old))

    def _are(self, update_ids: Sequence[int]) -> ColumnElement[bool]:
        return and_(UpdateRow.bot_id == self.bot_id, UpdateRow.update_id.in_(update_ids))


def updates_set_aside(engine: Engine) -> tuple[KeptUpdate, ...]:
    """Return what was set aside, of any bot that used the database; raises StoreError."""
    return _read(engine, UpdateRow.error.is_not(None))


def _read(engine: Engine, condition: ColumnElement[bool]) -> tuple[KeptUpdate, ...]:
    columns = (
        UpdateRow.update_id,
        UpdateRow.data,
        UpdateRow.received_at,
        UpdateRow.attempts,
        UpdateRow.error,
    )
    with _transaction(engine) as connection:
        rows = connection.execute(select(*columns).where(condition).order_by(UpdateRow.update_id))
        return tuple(KeptUpdate(*row) for row in rows)


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise StoreError(f"the database failed: {reason(error)}") from error
