"""The Bot API's method for files: from which path a bot downloads one that it was sent."""

from __future__ import annotations

from telegram import File

from bot.demo.world.world import World


class FileMethods:
    """The method `getFile`."""

    def __init__(self, world: World) -> None:
        """Keep the world that holds the files."""
        self._world = world

    async def getFile(self, file_id: str) -> File:
        """Return a file with the path to download it from."""
        return self._world.files.get(file_id)
