"""The processes that handle one bot's updates together, as the database knows them.

Each replica says at short intervals that it lives. One that has not for `LEASE` is dead: the others
take its name off the list, and then its pending updates. The list's eldest replica is the one that
watches the folder and reads feeds, so that task passes on in the same way. All times are the
database's, because the clocks of machines differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    and_,
    delete,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.orm import aliased

from bot.store.database import insert_into, transaction
from bot.store.rows import ReplicaRow, UpdateRow
from bot.store.updates import PENDING, tell

LEASE = timedelta(seconds=10)  # without a beat, after which a replica counts as dead
LISTS = 74_220  # the class of the locks on lists of replicas; see `bot.store.updates.CHATS`


@dataclass(frozen=True, slots=True)
class Standing:
    """How a process stands among those that handle one bot's updates.

    `is_eldest` is true for one of them, `count` is how many there are, and `orphans` tells whether
    there are pending updates that none of them holds.
    """

    is_eldest: bool
    count: int
    orphans: bool = False


ALONE = Standing(is_eldest=True, count=1)


@dataclass(frozen=True, slots=True)
class KeptReplicas:
    """The list of one bot's replicas, as the one called `name` uses it.

    Every method blocks, and raises StoreError if the database fails.
    """

    engine: Engine
    bot_id: int
    name: str

    def clear(self) -> None:
        """Take every replica off the list: none of them runs."""
        with transaction(self.engine) as connection:
            connection.execute(delete(ReplicaRow).where(ReplicaRow.bot_id == self.bot_id))

    def beat(self, may_judge: bool) -> Standing:
        """Say that this replica lives; put it on the list where it is not.

        Args:
            may_judge: Whether to take off the dead. Only a replica that has reached the database
                for all of the last `LEASE` may: where the database itself was away, all seem dead.
        """
        with transaction(self.engine) as connection:
            now = connection.scalar(select(func.now()))
            assert now is not None  # noqa: S101 - for the types
            self._write(connection, now)
            if may_judge:
                connection.execute(delete(ReplicaRow).where(self._are_dead(now)))
            order = ReplicaRow.joined_at, ReplicaRow.name
            names = connection.scalars(self._names().order_by(*order)).all()
            orphans = connection.scalar(select(exists().where(self._are_orphans())))
            return Standing(names[0] == self.name, len(names), bool(orphans))

    def adopt(self) -> None:
        """Take the pending updates that no replica holds.

        Where another one holds later updates of the same chat, it gets them, and is told.
        """
        with transaction(self.engine) as connection:
            connection.execute(select(func.pg_advisory_xact_lock(LISTS, self.bot_id % 2**31)))
            adopted = update(UpdateRow).values(holder=self._heir()).where(self._are_orphans())
            heirs = connection.execute(adopted.returning(UpdateRow.holder, UpdateRow.chat_id))
            for holder, chat_id in {(one.holder, one.chat_id) for one in heirs}:
                if holder != self.name:
                    tell(connection, holder, chat_id)

    def leave(self) -> None:
        """Take this replica off the list: what it has not done is for the others."""
        with transaction(self.engine) as connection:
            connection.execute(delete(ReplicaRow).where(*self._is_this()))

    def _write(self, connection: Connection, now: datetime) -> None:
        key = {"bot_id": self.bot_id, "name": self.name}
        insert = insert_into(ReplicaRow, self.engine).values(**key, joined_at=now, seen_at=now)
        connection.execute(
            insert.on_conflict_do_update(index_elements=list(key), set_={"seen_at": now})
        )

    def _names(self) -> Select[str]:
        return select(ReplicaRow.name).where(ReplicaRow.bot_id == self.bot_id)

    def _is_this(self) -> tuple[ColumnElement[bool], ...]:
        return ReplicaRow.bot_id == self.bot_id, ReplicaRow.name == self.name

    def _are_dead(self, now: datetime) -> ColumnElement[bool]:
        return and_(ReplicaRow.bot_id == self.bot_id, ReplicaRow.seen_at < now - LEASE)

    def _are_orphans(self) -> ColumnElement[bool]:
        of_none = UpdateRow.holder.not_in(self._names())
        return and_(UpdateRow.bot_id == self.bot_id, PENDING, of_none)

    def _heir(self) -> ColumnElement[str]:
        """Return the replica that holds other updates of the same chat, else this one."""
        row = aliased(UpdateRow)
        holder = select(row.holder).where(
            row.bot_id == self.bot_id,
            row.chat_id == UpdateRow.chat_id,
            row.done_at.is_(None),
            row.error.is_(None),
            row.holder.in_(self._names()),
        )
        return func.coalesce(holder.limit(1).scalar_subquery(), self.name)
