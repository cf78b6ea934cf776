"""The updates that Telegram has delivered: stored whole until handled, then only their ids.

An id is kept for as long as Telegram may deliver its update again, which happens if Telegram did
not learn that the first delivery arrived. An update that was set aside is kept for good, with its
error.

A commit reaches the operating system, so it survives any end of the process. It is not synced to
the disk each time (`synchronous = NORMAL`): a power cut may cost SQLite the last commits, but it
does not corrupt the database. PostgreSQL loses no commits at a power cut.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, exists, select, update

from bot.store.database import insert_into, told
from bot.store.rows import AnswerRow, UpdateRow

REDELIVERY = timedelta(days=2)  # Telegram keeps undelivered updates for one day


@dataclass(frozen=True, slots=True)
class KeptUpdate:
    """A stored update.

    `data` is its JSON, `attempts` how often its handling was begun, and `error` the reason why it
    was set aside, None if it was not.
    """

    update_id: int
    data: str
    received_at: datetime
    attempts: int
    error: str | None


@dataclass(frozen=True, slots=True)
class KeptUpdates:
    """The stored updates of one bot.

    Every method blocks, may be called from any thread, and raises StoreError if the database fails.
    """

    engine: Engine
    bot_id: int

    def keep(self, update_id: int, data: str) -> bool:
        """Store an update, given as JSON, as pending; return False if it was stored before."""
        row = {
            "bot_id": self.bot_id,
            "update_id": update_id,
            "data": data,
            "received_at": datetime.now(UTC),
            "attempts": 0,
        }
        with _transaction(self.engine) as connection:
            insert = insert_into(UpdateRow, self.engine).values(row).on_conflict_do_nothing()
            return connection.execute(insert.returning(UpdateRow.update_id)).first() is not None

    def begin(self, update_id: int) -> None:
        """Count one more attempt to handle an update."""
        with _transaction(self.engine) as connection:
            counted = update(UpdateRow).values(attempts=UpdateRow.attempts + 1)
            connection.execute(counted.where(self._have_ids([update_id])))

    def finish(self, update_ids: Sequence[int]) -> None:
        """Mark updates as handled and delete their data, except for those set aside."""
        with _transaction(self.engine) as connection:
            done = update(UpdateRow).values(done_at=datetime.now(UTC), data="")
            connection.execute(done.where(self._have_ids(update_ids), UpdateRow.error.is_(None)))

    def set_aside(self, update_id: int, error: str) -> None:
        """Record why an update could not be handled; it is no longer pending."""
        with _transaction(self.engine) as connection:
            failed = update(UpdateRow).values(error=error)
            connection.execute(failed.where(self._have_ids([update_id])))

    def pending(self) -> tuple[KeptUpdate, ...]:
        """Return the updates that are neither handled nor set aside, ordered by id."""
        mine = UpdateRow.bot_id == self.bot_id
        return _read(
            self.engine, and_(mine, UpdateRow.done_at.is_(None), UpdateRow.error.is_(None))
        )

    def is_answered(self, chat_id: int, question_id: int) -> bool:
        """Return whether an answer to a message is stored, and so was sent."""
        asked = and_(AnswerRow.chat_id == chat_id, AnswerRow.question_id == question_id)
        with _transaction(self.engine) as connection:
            return bool(connection.scalar(select(exists().where(asked))))

    def prune(self) -> None:
        """Delete the ids of handled updates that Telegram will not deliver again."""
        with _transaction(self.engine) as connection:
            old = UpdateRow.done_at < datetime.now(UTC) - REDELIVERY
            connection.execute(delete(UpdateRow).where(old))

    def _have_ids(self, update_ids: Sequence[int]) -> ColumnElement[bool]:
        return and_(UpdateRow.bot_id == self.bot_id, UpdateRow.update_id.in_(update_ids))


def updates_set_aside(engine: Engine) -> tuple[KeptUpdate, ...]:
    """Return the updates set aside, of every bot that used the database.

    Raises:
        StoreError: The database failed.
    """
    return _read(engine, UpdateRow.error.is_not(None))


def forget_set_aside(engine: Engine, user_id: int) -> None:
    """Empty the data of the updates set aside that a person sent; their errors stay.

    Raises:
        StoreError: The database failed.
    """
    theirs = [one.update_id for one in updates_set_aside(engine) if _is_from(one.data, user_id)]
    with _transaction(engine) as connection:
        emptied = update(UpdateRow).values(data="")
        connection.execute(
            emptied.where(UpdateRow.update_id.in_(theirs), UpdateRow.error.is_not(None))
        )


def _is_from(data: str, user_id: int) -> bool:
    """Tell whether an update's JSON names the person as its sender, whatever kind it is."""
    try:
        update = json.loads(data)
    except ValueError:  # it was set aside because it is none, or its data is gone
        return False
    parts = update.values() if isinstance(update, dict) else ()
    senders = [part.get("from") for part in parts if isinstance(part, dict)]
    return any(isinstance(each, dict) and each.get("id") == user_id for each in senders)


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
    with told(), engine.begin() as connection:
        yield connection
