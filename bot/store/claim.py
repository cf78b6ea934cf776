"""The claim to the updates of one bot: only the process that holds it handles them.

Without it, an instance that starts while the previous one is still finishing would take the
previous one's pending updates for leftovers of a crash, and answer them a second time. The claim
ends with the process, even if that is killed. For an SQLite database it is a lock file beside the
database's, for PostgreSQL an advisory lock.
"""

from __future__ import annotations

from contextlib import ExitStack
from time import monotonic, sleep

from filelock import FileLock, Timeout
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import StoreError, reason

PAUSE = 0.2  # seconds between two tries


class Claim:
    """A claim to one bot's updates in one database; `take` acquires it."""

    def __init__(self, engine: Engine, bot_id: int) -> None:
        """Store the database and the bot's id; nothing is claimed yet."""
        self._engine = engine
        self._bot_id = bot_id
        self._held = ExitStack()

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
        return True

    def release(self) -> None:
        """Release the claim, so that the next process can take it."""
        self._held.close()

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
        return True

    def _try_advisory_lock(self) -> bool:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if connection.scalar(select(func.pg_try_advisory_lock(self._bot_id))):
            self._held.callback(connection.close)
            self._held.callback(connection.invalidate)  # back in the pool, it would keep the lock
            return True
        connection.close()
        return False
