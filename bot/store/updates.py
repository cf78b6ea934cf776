"""The updates that Telegram has delivered: stored whole until handled, then only their ids.

An id is kept for as long as Telegram may deliver its update again, which happens if Telegram did
not learn that the first delivery arrived. An update that was set aside is kept for good, with its
error.

A commit reaches the operating system, so it survives any end of the process. It is not synced to
the disk each time (`synchronous = NORMAL`): a power cut may cost SQLite the last commits, but it
does not corrupt the database. PostgreSQL loses no commits at a power cut.

Where several processes handle one bot's updates, each update has a holder: the process that handles
it. All pending updates of a chat have the same one, which keeps the chat's order. An update that
reaches another process is stored for the holder of its chat, and the holder is told. Where a
process handles all updates alone, its name is empty.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zlib import crc32

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    delete,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.orm import aliased

from bot.store.database import insert_into, transaction
from bot.store.rows import AnswerRow, UpdateRow

REDELIVERY = timedelta(days=2)  # Telegram keeps undelivered updates for one day
PENDING = and_(UpdateRow.done_at.is_(None), UpdateRow.error.is_(None))
CHATS = 74_219  # the class of the locks on chats; any number that nothing else in the database uses


@dataclass(frozen=True, slots=True)
class KeptUpdate:
    """A stored update.

    `data` is its JSON, `attempts` how often its handling was begun, and `error` the reason why it
    was set aside, None if it was not. `chat_id` is None where no order is kept.
    """

    update_id: int
    data: str
    received_at: datetime
    attempts: int
    error: str | None
    chat_id: int | None = None


@dataclass(frozen=True, slots=True)
class KeptUpdates:
    """The stored updates of one bot.

    Every method blocks, may be called from any thread, and raises StoreError if the database fails.
    """

    engine: Engine
    bot_id: int
    holder: str = ""

    def keep(self, update_id: int, data: str, chat_id: int | None = None) -> tuple[int, ...]:
        """Store an update as pending, unless it was stored before.

        Args:
            update_id: The update's id.
            data: The update as JSON.
            chat_id: The chat in whose order it is handled, None where it waits for no other.

        Returns:
            The ids of the chat's pending updates in their order where this process holds them;
            nothing where another one does, which is told, or where nothing is pending.
        """
        row = {
            "bot_id": self.bot_id,
            "update_id": update_id,
            "data": data,
            "received_at": datetime.now(UTC),
            "attempts": 0,
            "chat_id": chat_id,
            "holder": self.holder if chat_id is None else self._holder_of(chat_id),
        }
        with transaction(self.engine) as connection:
            self._lock(connection, chat_id)
            insert = insert_into(UpdateRow, self.engine).values(row).on_conflict_do_nothing()
            holder = connection.scalar(insert.returning(UpdateRow.holder))
            if holder not in (None, self.holder):
                tell(connection, holder, chat_id)
            pending = self._held(chat_id) if chat_id is not None else self._have_ids([update_id])
            wanted = select(UpdateRow.update_id).where(pending, PENDING, self._is_mine())
            return tuple(connection.scalars(wanted.order_by(UpdateRow.update_id)))

    def begin(self, update_id: int) -> bool:
        """Count one more attempt to handle an update.

        Returns:
            False if it is no longer to be handled here: it is done, or another process holds it.
        """
        with transaction(self.engine) as connection:
            counted = update(UpdateRow).values(attempts=UpdateRow.attempts + 1)
            mine = self._have_ids([update_id]), PENDING, self._is_mine()
            return connection.execute(counted.where(*mine)).rowcount > 0

    def finish(self, update_ids: Sequence[int]) -> None:
        """Mark updates as handled and delete their data, except for those set aside."""
        with transaction(self.engine) as connection:
            done = update(UpdateRow).values(done_at=datetime.now(UTC), data="")
            connection.execute(done.where(self._have_ids(update_ids), UpdateRow.error.is_(None)))

    def set_aside(self, update_id: int, error: str) -> None:
        """Record why an update could not be handled; it is no longer pending."""
        with transaction(self.engine) as connection:
            failed = update(UpdateRow).values(error=error)
            connection.execute(failed.where(self._have_ids([update_id])))

    def pending(self) -> tuple[KeptUpdate, ...]:
        """Return the updates that are neither handled nor set aside, ordered by id."""
        return _read(self.engine, and_(UpdateRow.bot_id == self.bot_id, PENDING))

    def held(self, chat_id: int | None = None) -> tuple[KeptUpdate, ...]:
        """Return this process's pending updates, of one chat or of all, ordered by id."""
        return _read(self.engine, and_(self._held(chat_id), PENDING, self._is_mine()))

    def take_all(self) -> None:
        """Become the holder of all pending updates; no other process may handle any."""
        with transaction(self.engine) as connection:
            taken = update(UpdateRow).values(holder=self.holder)
            others = UpdateRow.holder != self.holder
            connection.execute(taken.where(UpdateRow.bot_id == self.bot_id, PENDING, others))

    def is_answered(self, chat_id: int, question_id: int) -> bool:
        """Return whether an answer to a message is stored, and so was sent."""
        asked = and_(AnswerRow.chat_id == chat_id, AnswerRow.question_id == question_id)
        with transaction(self.engine) as connection:
            return bool(connection.scalar(select(exists().where(asked))))

    def check(self) -> None:
        """Do nothing but ask the database, which raises StoreError if it fails."""
        with transaction(self.engine) as connection:
            connection.execute(select(UpdateRow.update_id).limit(1))

    def prune(self) -> None:
        """Delete the ids of handled updates that Telegram will not deliver again."""
        with transaction(self.engine) as connection:
            old = UpdateRow.done_at < datetime.now(UTC) - REDELIVERY
            connection.execute(delete(UpdateRow).where(old))

    def _have_ids(self, update_ids: Sequence[int]) -> ColumnElement[bool]:
        return and_(UpdateRow.bot_id == self.bot_id, UpdateRow.update_id.in_(update_ids))

    def _held(self, chat_id: int | None) -> ColumnElement[bool]:
        mine = UpdateRow.bot_id == self.bot_id
        return mine if chat_id is None else and_(mine, UpdateRow.chat_id == chat_id)

    def _is_mine(self) -> ColumnElement[bool]:
        return UpdateRow.holder == self.holder

    def _holder_of(self, chat_id: int) -> ColumnElement[str]:
        """Return who holds what is pending in a chat, this process where nothing is."""
        row = aliased(UpdateRow)
        pending = row.done_at.is_(None), row.error.is_(None)
        holder = select(row.holder).where(
            row.bot_id == self.bot_id, row.chat_id == chat_id, *pending
        )
        return func.coalesce(holder.limit(1).scalar_subquery(), self.holder)

    def _lock(self, connection: Connection, chat_id: int | None) -> None:
        """Let one process at a time store an update of a chat, or two might become its holders."""
        if chat_id is not None and connection.dialect.name == "postgresql":
            key = crc32(b"%d %d" % (self.bot_id, chat_id)) - 2**31
            connection.execute(select(func.pg_advisory_xact_lock(CHATS, key)))


def tell(connection: Connection, holder: str, chat_id: int | None) -> None:
    """Tell the holder of a chat, once the transaction is committed, that updates wait for it."""
    if connection.dialect.name == "postgresql" and holder:
        connection.execute(select(func.pg_notify(channel_of(holder), str(chat_id))))


def channel_of(holder: str) -> str:
    """Return the name of the channel by which a process is told."""
    return f"trichdan_{holder}"


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
    with transaction(engine) as connection:
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
        UpdateRow.chat_id,
    )
    with transaction(engine) as connection:
        rows = connection.execute(select(*columns).where(condition).order_by(UpdateRow.update_id))
        return tuple(KeptUpdate(*row) for row in rows)
