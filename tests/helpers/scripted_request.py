"""A base for stand-ins of Telegram that open no connection."""

from __future__ import annotations

from telegram.request import BaseRequest


class ScriptedRequest(BaseRequest):
    """Has nothing to open, close or wait for; a subclass answers the calls in `do_request`."""

    @property
    def read_timeout(self) -> float | None:
        return 1.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass
