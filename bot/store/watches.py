"""Watched questions: kept until they are removed, with the documents that their chats heard of."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import asdict, dataclass, fields
from hashlib import sha256

from sqlalchemy import (
    ColumnElement,
    Engine,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.store.database import insert_into, transaction
from bot.store.rows import KnownRow, ToldRow, WatchRow
from retrieval.documents import HASH_DIGITS

_ALL = ""  # the one collection that there is


@dataclass(frozen=True, slots=True)
class Watch:
    """A question whose chat hears when a new document answers it.

    Attributes:
        chat_id: The chat that hears.
        thread_id: Its forum topic, None outside of one.
        user_id: The person who asked.
        message_id: The message that asked.
        question: The words of the question.
        language: The language in which the chat hears.
        number: What the database knows it by, 0 for a new one.
    """

    chat_id: int
    thread_id: int | None
    user_id: int
    message_id: int
    question: str
    language: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class KeptWatches:
    """The watched questions. Every method blocks, and raises StoreError if the database fails."""

    engine: Engine

    def add(self, watch: Watch) -> None:
        """Keep a new watch."""
        values = {name: value for name, value in asdict(watch).items() if name != "number"}
        with transaction(self.engine) as connection:
            connection.execute(insert(WatchRow).values(values))

    def all(self) -> tuple[Watch, ...]:
        """Return every watch, the oldest first."""
        return self._where()

    def of_chat(self, chat_id: int) -> tuple[Watch, ...]:
        """Return the watches of a chat, the oldest first."""
        return self._where(WatchRow.chat_id == chat_id)

    def count_of(self, user_id: int) -> int:
        """Return how many questions a person watches, in all chats together."""
        wanted = select(func.count()).where(WatchRow.user_id == user_id)
        with transaction(self.engine) as connection:
            return connection.scalar(wanted) or 0

    def remove(self, chat_id: int, number: int) -> None:
        """Remove a watch if it is one of this chat's."""
        self._remove(WatchRow.chat_id == chat_id, WatchRow.number == number)

    def remove_chat(self, chat_id: int) -> None:
        """Remove all watches of a chat."""
        self._remove(WatchRow.chat_id == chat_id)

    def forget(self, user_id: int) -> None:
        """Remove all watches of a person."""
        self._remove(WatchRow.user_id == user_id)

    def move_chat(self, chat_id: int, to: int) -> None:
        """Give a chat's watches to the one that it has become."""
        with transaction(self.engine) as connection:
            moved = update(WatchRow).values(chat_id=to, thread_id=None)
            connection.execute(moved.where(WatchRow.chat_id == chat_id))

    def has_heard(self, watch: Watch, document: str) -> bool:
        """Tell whether the chat has heard of the document of this name."""
        key = ToldRow.watch == watch.number, ToldRow.document == _key(document)
        with transaction(self.engine) as connection:
            return connection.execute(select(ToldRow.watch).where(*key)).first() is not None

    def hear(self, watch: Watch, documents: Set[str]) -> None:
        """Keep that the chat has heard of the documents of these names."""
        rows = [{"watch": watch.number, "document": _key(name)} for name in sorted(documents)]
        with transaction(self.engine) as connection:
            new = insert_into(ToldRow, self.engine).values(rows)
            connection.execute(new.on_conflict_do_nothing())

    def known(self) -> frozenset[str] | None:
        """Return the digits of the documents that are no news, None before `keep_known`."""
        wanted = select(KnownRow.digits).where(KnownRow.collection == _ALL)
        with transaction(self.engine) as connection:
            kept = connection.scalar(wanted)
        if kept is None:
            return None
        digits = kept.hex()
        starts = range(0, len(digits), HASH_DIGITS)
        return frozenset(digits[start : start + HASH_DIGITS] for start in starts)

    def keep_known(self, digits: Set[str]) -> None:
        """Keep the digits of all documents as those that are no news."""
        kept = bytes.fromhex("".join(sorted(digits)))
        with transaction(self.engine) as connection:
            row = insert_into(KnownRow, self.engine).values(collection=_ALL, digits=kept)
            connection.execute(
                row.on_conflict_do_update(index_elements=["collection"], set_={"digits": kept})
            )

    def _where(self, *conditions: ColumnElement[bool]) -> tuple[Watch, ...]:
        columns = [getattr(WatchRow, field.name) for field in fields(Watch)]
        wanted = select(*columns).where(*conditions).order_by(WatchRow.number)
        with transaction(self.engine) as connection:
            return tuple(Watch(*row) for row in connection.execute(wanted))

    def _remove(self, *conditions: ColumnElement[bool]) -> None:
        numbers = select(WatchRow.number).where(*conditions)
        with transaction(self.engine) as connection:
            connection.execute(delete(ToldRow).where(ToldRow.watch.in_(numbers)))
            connection.execute(delete(WatchRow).where(*conditions))


def _key(document: str) -> str:
    return sha256(document.encode()).hexdigest()
