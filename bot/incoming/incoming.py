"""All that goes on beside the updates, each part on its own."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Sequence
from dataclasses import dataclass

from bot.incoming.lead import Part

AGAIN = 60.0  # seconds before a part that failed is started again

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Incoming:
    """Runs its parts until it is cancelled; one that fails costs the others nothing."""

    parts: Sequence[Part]

    async def run(self) -> None:
        """Run all parts at the same time, and start one that fails again after a while.

        When cancelled, it ends with the last of them.
        """
        async with asyncio.TaskGroup() as tasks:
            for part in self.parts:
                tasks.create_task(_again_and_again(part))


async def _again_and_again(part: Part) -> None:
    while True:
        try:
            await part()
        except Exception as error:  # a fault of the program, which must not end the bot
            frames = "".join(traceback.format_tb(error.__traceback__))
            logger.error("work beside the updates failed: %s\n%s", type(error).__name__, frames)
            await asyncio.sleep(AGAIN)
        else:
            return
