"""Takes up an index that another replica has built from the documents that both share."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.reopening import Reopening
from bot.threads import in_thread
from retrieval.collection.index_folder import IndexFolder
from retrieval.errors import UserError

if TYPE_CHECKING:
    from retrieval.library import Library  # takes seconds to import

PAUSE = 5.0  # seconds between two looks

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IndexUpdates:
    """Looks which indexes are the live ones, and reopens the collections when that changes."""

    library: Library
    reopening: Reopening

    async def run(self) -> None:
        """Go on until cancelled."""
        known = await in_thread(self._live)
        while True:
            await asyncio.sleep(PAUSE)
            live = await in_thread(self._live)
            if live != known:
                await self._reopen()
            known = live

    def _live(self) -> dict[str, Path | None]:
        settings = {name: self.library.settings_of(name) for name in self.library.names}
        return {name: IndexFolder.of(one).live() for name, one in settings.items()}

    async def _reopen(self) -> None:
        try:
            await self.reopening.reopen_all()
        except UserError as error:
            logger.warning("documents not taken up: %s", error)
