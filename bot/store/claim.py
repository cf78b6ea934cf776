"""The claim to the updates of one bot: only processes that hold it handle them.

Without it, an instance that starts while the previous one is still finishing would take the
previous one's pending updates for leftovers of a crash, and answer them a second time. The claim
ends with the process, even if that is killed. For an SQLite database it is a lock file beside the
database's, for PostgreSQL an advisory lock.

In PostgreSQL a claim may be shared: replicas that have names hold it together, and keep out a
process without one. The connection that holds the claim is also the one by which a replica is told
that updates wait for it.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from time import monotonic, sleep

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import StoreError, reason
from bot.store.updates import channel_of

PAUSE = 0.2  # seconds between two tries
# The server ends a session whose client is gone without a word within half a minute, and with it
# the claim; its default is two hours.
KEEPALIVES = {"idle": 10, "interval": 5, "count": 4}


@dataclass(frozen=True, slots=True)
class Word:
    """What a process was told: the chats in which updates wait for it.

    `missed` is true where the connection was lost before, so that more may have been said.
    """

    chats: frozenset[int] = frozenset()
    missed: bool = False


class Claim:
    """A claim to one bot's updates in one database; `take` acquires it.

    `was_alone` tells whether no other process held it when it was taken.
    """

    def __init__(self, engine: Engine, bot_id: int, name: str = "") -> None:
        """Store the database, the bot's id and the replica's name; nothing is claimed yet."""
        self._engine = engine
        self._bot_id = bot_id
        self._name = name
        self._held = ExitStack()
        self._connection: Connection | None = None
        self._is_held = False
        self.was_alone = False

    def take(self, seconds: float) -> bool:
        """Acquire the claim; blocks.

        Args:
            seconds: How long to wait for another process to release it.

        Returns:
            False if another process still holds it after that time.

        Raises:
            StoreError: The database or the lock file cannot be used.
        """
        deadline = monotonic() + seconds
        try:
            while not self._try_lock():
                if monotonic() > deadline:
                    return False
                sleep(PAUSE)
        except (SQLAlchemyError, OSError) as error:
            raise StoreError(f"the updates cannot be claimed: {reason(error)}") from None
        self._is_held = True
        return True

    def listen(self, seconds: float) -> Word:
        """Wait until this process is told something, or until the time is over; blocks.

        Raises:
            StoreError: The connection was lost, and with it the claim.
        """
        if self._connection is None:
            sleep(seconds)
            return Word()
        try:
            driver = self._connection.connection.driver_connection
            assert driver is not None  # noqa: S101 - for the types
            told = driver.notifies(timeout=seconds, stop_after=1)
            return Word(frozenset(int(one.payload) for one in told))
        except Exception as error:  # the driver's own, whose classes need the driver
            self.release()
            raise StoreError(f"the claim to the updates was lost: {reason(error)}") from None

    @property
    def is_held(self) -> bool:
        """Whether the claim is held, as far as this process knows."""
        return self._is_held

    def release(self) -> None:
        """Release the claim, so that the next process can take it."""
        self._held.close()
        self._connection = None
        self._is_held = False

    def _try_lock(self) -> bool:
        if self._engine.dialect.name == "postgresql":
            return self._try_advisory_lock()
        return self._try_lock_file()

    def _try_lock_file(self) -> bool:
        if not self._engine.url.database:
            return True  # a database in this process's memory
        file = f"{self._engine.url.database}.{self._bot_id}.lock"
        lock = FileLock(file, thread_local=False)  # one thread takes it, another releases it
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        self._held.callback(lock.release)
        self.was_alone = True
        return True

    def _try_advisory_lock(self) -> bool:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        with ExitStack() as opened:
            opened.callback(_end, connection)
            if not self._lock_in(connection):
                return False
            for setting, value in KEEPALIVES.items():
                connection.exec_driver_sql(f"SET tcp_keepalives_{setting} = {value}")
            self._held = opened.pop_all()
        self._connection = connection
        return True

    def _lock_in(self, connection: Connection) -> bool:
        self.was_alone = bool(connection.scalar(select(func.pg_try_advisory_lock(self._bot_id))))
        if not self._name:
            return self.was_alone
        connection.exec_driver_sql(f"LISTEN {channel_of(self._name)}")
        shared = connection.scalar(select(func.pg_try_advisory_lock_shared(self._bot_id)))
        if self.was_alone:
            connection.execute(select(func.pg_advisory_unlock(self._bot_id)))
        return bool(shared)


def _end(connection: Connection) -> None:
    """Close a connection for good; back in the pool, it would keep the lock."""
    with suppress(SQLAlchemyError):
        connection.invalidate()
    with suppress(SQLAlchemyError):
        connection.close()
