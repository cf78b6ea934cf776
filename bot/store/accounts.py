"""How much of their share people have used, such as of questions, for all replicas together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TypeVar

from sqlalchemy import Engine, delete, update

from bot.store.database import insert_into, transaction
from bot.store.rows import AccountRow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Account:
    """What is kept of one person's questions, or of other tries.

    Attributes:
        paid_off: The moment at which all of them are paid off, in seconds since 1970.
        latest: The number of the one that was allowed last, 0 for none.
        refused: That of the first one refused since, None for none.
    """

    paid_off: float = 0.0
    latest: int = 0
    refused: int | None = None


@dataclass(frozen=True, slots=True)
class KeptAccounts:
    """The people's accounts of one kind, such as "ask".

    Every method blocks, and raises StoreError if the database fails.
    """

    engine: Engine
    kind: str

    def change(self, person: int, change: Callable[[Account], tuple[Account, T]]) -> T:
        """Change a person's account; no other process changes it at the same time.

        Args:
            person: The person's id.
            change: Takes the account, a new one for somebody unknown, and returns the changed one
                and what to return.
        """
        here = AccountRow.kind == self.kind, AccountRow.user_id == person
        key = {"kind": self.kind, "user_id": person}
        fields = AccountRow.paid_off, AccountRow.latest, AccountRow.refused
        with transaction(self.engine) as connection:
            # A write that changes nothing locks the row, in SQLite the database.
            insert = insert_into(AccountRow, connection).values(**key, **asdict(Account()))
            locked = insert.on_conflict_do_update(index_elements=list(key), set_=key)
            before = Account(*connection.execute(locked.returning(*fields)).one())
            after, result = change(before)
            if after != before:
                connection.execute(update(AccountRow).where(*here).values(asdict(after)))
            return result

    def prune(self, before: float) -> None:
        """Forget what was paid off before a moment, which is given in seconds since 1970."""
        old = AccountRow.kind == self.kind, AccountRow.paid_off < before
        with transaction(self.engine) as connection:
            connection.execute(delete(AccountRow).where(*old))
