"""Takes up changes of the file of collections: new indexes are opened, mistakes are told.

Who may read what follows the file at once (see `bot.access`). This only sees to it that a
collection which is new, or has other folders, is indexed soon afterwards.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import Bot
from telegram.error import TelegramError

from bot.access.rules_file import RulesFile
from bot.incoming.lead import Lead
from bot.replies.markup import escaped
from retrieval.errors import UserError

if TYPE_CHECKING:
    from retrieval.library import Library  # takes seconds to import

PAUSE = 2.0  # seconds between two looks
AGAIN = 60.0  # seconds before an index that could not be opened is tried again

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RulesWatch:
    """Looks at the file every other second, until it is cancelled.

    Every replica follows the file; the one that has the lead tells of mistakes.
    """

    file: RulesFile
    library: Library
    bot: Bot
    admin_ids: Iterable[int]
    lead: Lead

    async def run(self) -> None:
        """Go on until cancelled."""
        pause = PAUSE
        while await asyncio.sleep(pause, result=True):
            pause = PAUSE if await self.look() else AGAIN

    async def look(self) -> bool:
        """Look once; return False where an index could not be opened."""
        await asyncio.to_thread(self.file.rules)
        if (mistake := self.file.take_mistake()) and self.lead.is_here:
            await self._tell(mistake)
        try:
            if self.library.unopened:
                await asyncio.to_thread(self.library.open_all)
        except UserError as error:
            logger.warning("collections not indexed: %s", error)
            return False
        return True

    async def _tell(self, mistake: str) -> None:
        """Tell those who administer all collections; the file names folders of all of them."""
        for admin in self.admin_ids:
            with suppress(TelegramError):  # they may never have written to the bot
                await self.bot.send_message(admin, f"⚠️ {escaped(mistake)}")
