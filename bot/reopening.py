"""Documents taken up anew after a change, and word of it to those who wait."""

from __future__ import annotations

import asyncio
from collections.abc import Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.freed_memory import give_back_freed_memory
from bot.threads import in_thread
from retrieval.errors import UserError
from retrieval.reading.parse_cache import ParsedFile

if TYPE_CHECKING:
    from retrieval.library import Library  # takes seconds to import


@dataclass(frozen=True, slots=True)
class Reopening:
    """Reopens collections; `reopened` is set whenever documents may have changed."""

    library: Library
    reopened: asyncio.Event = field(default_factory=asyncio.Event)

    async def reopen(self, name: str, *parsed: ParsedFile) -> None:
        """Take up what has changed in a collection; questions are answered meanwhile.

        Args:
            name: The collection.
            parsed: Files that need not be parsed again.

        Raises:
            CollectionError: The documents cannot be indexed; the old index stays.
        """
        await in_thread(self._reopen, name, *parsed)
        self.reopened.set()

    async def reopen_all(self, unfinished: Set[str] = frozenset()) -> None:
        """Take up what has changed in all collections; one that fails costs the others nothing.

        Args:
            unfinished: The names of documents whose files are still being written; they stay as
                they were.

        Raises:
            CollectionError: A collection cannot be indexed; its old index stays.
        """
        failed: UserError | None = None
        for name in self.library.names:
            try:
                await in_thread(self._reopen, name, unfinished=unfinished)
            except UserError as error:
                failed = error
        self.reopened.set()
        if failed:
            raise failed

    def _reopen(self, name: str, *parsed: ParsedFile, unfinished: Set[str] = frozenset()) -> None:
        self.library.reopen(name, *parsed, unfinished=unfinished)
        give_back_freed_memory()

    async def digits(self) -> frozenset[str]:
        """Return the first digits of the hash of every document's text, of all collections."""
        return await in_thread(lambda: self.library.select(self.library.names).digits)
