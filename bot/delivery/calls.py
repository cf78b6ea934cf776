"""How calls reach Telegram: no faster than it takes them, and once more where that is safe.

A flood limit (429) is waited out by python-telegram-bot's `AIORateLimiter`. A server's error says
that nothing was done, and so does a connection that was never made: such a call is repeated after
a pause. Where a connection was lost later, nobody knows what was done. Only calls that may be made
twice are repeated then, for a message sent twice would be an answer given twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

import httpx
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.delivery.connection import GET_UPDATES, Connection

FLOOD_RETRIES = 10
TIMEOUT = 20.0  # seconds; a message given up too early may be there all the same
CONNECTIONS = 256
PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds before each further try
BUSY = {
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
}
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
HARMLESS = ("get", "set", "answer", "deleteWebhook")  # to be made twice
TYPING = "sendChatAction"
ONCE = {GET_UPDATES, TYPING}  # the library has a loop of its own; and an answer comes without it
FILE = "file"  # what a download is called here: its address names no method

Result = bool | dict[str, Any] | list[dict[str, Any]]


class FloodLimiter(AIORateLimiter):
    """Keeps to Telegram's rates of messages, a chat's and the bot's, and waits where told to."""

    def __init__(self) -> None:
        """Allow what Telegram does: 30 messages a second, and 20 a minute in one group."""
        super().__init__(max_retries=FLOOD_RETRIES)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,  # noqa: ANN401 - as the library has it
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Make the call when its turn comes; "typing …" is no message, and takes no message's."""
        if endpoint == TYPING:
            return await callback(*args, **kwargs)
        return await super().process_request(
            callback, args, kwargs, endpoint, data, rate_limit_args
        )


def http_request() -> BaseRequest:
    """Return calls over HTTP, with time enough for a Telegram that is slow."""
    return HTTPXRequest(
        connection_pool_size=CONNECTIONS,
        connect_timeout=TIMEOUT,
        read_timeout=TIMEOUT,
        write_timeout=TIMEOUT,
        pool_timeout=TIMEOUT,
    )


class Calls(BaseRequest):
    """Makes calls through another request, again where that is safe; `connection` hears of each."""

    def __init__(self, request: BaseRequest, connection: Connection) -> None:
        """Store what makes the calls, and who hears how they ended."""
        self._request = request
        self._connection = connection

    @property
    def read_timeout(self) -> float | None:
        """The seconds that an answer may take, if a call does not say."""
        return self._request.read_timeout

    async def initialize(self) -> None:
        """Prepare what makes the calls."""
        await self._request.initialize()

    async def shutdown(self) -> None:
        """Release what makes the calls."""
        await self._request.shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *args: Any,  # noqa: ANN401 - timeouts, passed on as they are
        **kwargs: Any,  # noqa: ANN401
    ) -> tuple[int, bytes]:
        """Return the status and body of the last try; raise what that raised."""
        name = FILE if method == "GET" else url.rpartition("/")[2]
        for pause in () if name in ONCE else PAUSES:
            try:
                code, body = await self._try(name, url, method, request_data, *args, **kwargs)
            except TelegramError as error:
                if not _is_safe_again(name, error):
                    raise
            else:
                if code not in BUSY:
                    return code, body
            await asyncio.sleep(pause)
        return await self._try(name, url, method, request_data, *args, **kwargs)

    async def _try(self, name: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401
        try:
            code, body = await self._request.do_request(*args, **kwargs)
        except TelegramError as error:
            self._connection.failed(name, error)
            raise
        self._connection.answered(name, code)
        return code, body


def _is_safe_again(name: str, error: TelegramError) -> bool:
    return isinstance(error.__cause__, NOT_SENT) or name.startswith((*HARMLESS, FILE))
