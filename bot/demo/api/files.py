"""The Bot API's method for files: where a bot fetches what it was sent."""

from __future__ import annotations

from telegram import File

from bot.demo.world.world import World


class FileMethods:
    """The files of a world."""

    def __init__(self, world: World) -> None:
        """Keep the world whose people send files."""
        self._world = world

    async def getFile(self, file_id: str) -> File:
        """Return the path to fetch a file from."""
        return self._world.files.get(file_id)
