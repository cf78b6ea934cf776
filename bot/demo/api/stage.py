"""What tests and benchmarks arrange on the server: faults, more people; and what the bot called."""

from __future__ import annotations

from telegram import Chat

from bot.demo.errors import ApiError
from bot.demo.world.faults import Fault
from bot.demo.world.world import World


class StageMethods:
    """What happens around the chats rather than in them."""

    def __init__(self, world: World) -> None:
        """Keep the world to arrange."""
        self._world = world

    async def getCalls(self, after: int = 0) -> list[dict[str, object]]:
        """Return the bot's calls past the first `after`, with their parameters as they came."""
        return self._world.calls[after:]

    async def addPerson(self, first_name: str) -> Chat:
        """Let one more person open a private chat with the bot; the chat has their number."""
        return self._world.admit(first_name).chat

    async def addFault(
        self,
        method: str,
        times: int = 1,
        code: int = 0,
        retry_after: int = 0,
        seconds: float = 0.0,
        body: str | None = None,
        drop: bool = False,
    ) -> bool:
        """Let something befall the next `times` calls of a method: see `Fault`."""
        self._world.faults.add(Fault(method, code, retry_after, seconds, body, drop), times)
        return True

    async def revokeToken(self) -> bool:
        """Make the bot's token worth nothing from now on."""
        self._world.faults.revoked = True
        self._world.updates.interrupt(ApiError(401, "Unauthorized"))
        return True
