"""Takes up what changes in the documents' folder, without a restart."""

from __future__ import annotations

import logging
from contextlib import aclosing
from dataclasses import dataclass

from bot.reopening import Reopening
from retrieval.collecting.folder_watch import FolderWatch
from retrieval.errors import UserError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FolderUpdates:
    """Reopens the collections after every burst of changes that `watch` tells of."""

    watch: FolderWatch
    reopening: Reopening

    async def run(self) -> None:
        """Go on until cancelled."""
        async with aclosing(self.watch.changes()) as changes:
            async for unfinished in changes:
                try:
                    await self.reopening.reopen_all(unfinished)
                except UserError as error:
                    logger.warning("documents not indexed: %s", error)
