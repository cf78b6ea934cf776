"""A process's claim to the updates of one bot: who has it is the only one who handles them.

Without it, an instance that starts while its forerunner still finishes would take the forerunner's
pending updates for those of a crash, and answer them a second time. The claim ends with the
process, however that ends. Beside an SQLite file it is a lock file, in PostgreSQL a lock.
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
    """The claim to the updates of the bot `bot_id` in a database; not taken yet."""

    def __init__(self, engine: Engine, bot_id: int) -> None:
        """Keep whose updates to claim, and where."""
        self._engine = engine
        self._bot_id = bot_id
        self._held = ExitStack()

    def take(self, seconds: float) -> bool:
        """Take the claim, waiting up to `seconds` for who has it; False where they keep it.

        Blocks; raises StoreError.
        """
        deadline = monotonic() + seconds
        try:
            while not self._taken():
                if monotonic() > deadline:
                    return False
                sleep(PAUSE)
        except (SQLAlchemyError, OSError) as error:
            raise StoreError(f"the updates cannot be claimed: {reason(error)}") from None
        return True

    def release(self) -> None:
        """Leave the updates to the next process."""
        self._held.close()

    def _taken(self) -> bool:
        if self._engine.dialect.name == "postgresql":
            return self._locked_in_server()
        return self._locked_beside_file()

    def _locked_beside_file(self) -> bool:
        if not self._engine.url.database:
            return True  # it lies in this process's memory
        file = f"{self._engine.url.database}.{self._bot_id}.lock"
        lock = FileLock(file, thread_local=False)  # one thread takes it, another releases it
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        self._held.callback(lock.release)
        return True

    def _locked_in_server(self) -> bool:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if connection.scalar(select(func.pg_try_advisory_lock(self._bot_id))):
            self._held.callback(connection.close)
            self._held.callback(connection.invalidate)  # to return to the pool would keep the lock
            return True
        connection.close()
        return False
