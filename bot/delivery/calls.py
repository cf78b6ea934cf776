"""Calls to Telegram: kept within its rate limits, and repeated where that is safe.

python-telegram-bot's `AIORateLimiter` waits out a flood limit (429). After a server error, or if
no connection was made, nothing was done, so the call is repeated after a pause. If a connection
was lost later, it is unknown whether the call was carried out. Then only calls that do no harm
when made twice are repeated: a message sent twice would be an answer given twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

import httpx
from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.delivery.connection import GET_UPDATES, Connection

FLOOD_RETRIES = 10
TIMEOUT = 20.0  # seconds; a message that is given up too early may have arrived all the same
CONNECTIONS = 64  # the pool looks at every open one at each call
PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds before each further try
BUSY = {
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
}
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
REPEATABLE = ("get", "set", "answer", "deleteWebhook")  # beginnings of harmless methods' names
TYPING = "sendChatAction"
NEVER_REPEATED = {GET_UPDATES, TYPING}  # the library repeats the first; answers need no "typing …"
FILE = "file"  # stands for the method of a download, whose URL names none

Result = bool | dict[str, Any] | list[dict[str, Any]]


class FloodLimiter(AIORateLimiter):
    """Keeps within Telegram's message rates, per chat and per bot, and waits when told to."""

    def __init__(self) -> None:
        """Use Telegram's limits: 30 messages a second, and 20 a minute in one group."""
        super().__init__(max_retries=FLOOD_RETRIES)
        self._replicas = 1

    def share_among(self, replicas: int) -> None:
        """Keep to one of `replicas` equal shares of what Telegram lets the bot send."""
        if self._base_limiter and replicas != self._replicas:
            self._replicas = replicas
            self._base_limiter = AsyncLimiter(FloodLimit.MESSAGES_PER_SECOND / replicas, 1)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,  # noqa: ANN401 - as the library has it
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Make the call when its turn comes; "typing …" is no message and needs no turn."""
        if endpoint == TYPING:
            return await callback(*args, **kwargs)
        return await super().process_request(
            callback, args, kwargs, endpoint, data, rate_limit_args
        )


def http_request(proxy: str = "") -> BaseRequest:
    """Return a request that calls over HTTP, with timeouts long enough for a slow Telegram.

    `proxy` is the URL of an HTTP or SOCKS proxy, empty for none.
    """
    return HTTPXRequest(
        connection_pool_size=CONNECTIONS,
        connect_timeout=TIMEOUT,
        read_timeout=TIMEOUT,
        write_timeout=TIMEOUT,
        pool_timeout=TIMEOUT,
        proxy=proxy or None,
    )


class Calls(BaseRequest):
    """Makes calls through another request, and repeats them where that is safe."""

    def __init__(self, request: BaseRequest, connection: Connection) -> None:
        """Store the request and the connection.

        Args:
            request: Makes each call.
            connection: Records how each call ended.
        """
        self._request = request
        self._connection = connection

    @property
    def read_timeout(self) -> float | None:
        """The seconds that an answer may take, unless a call sets its own limit."""
        return self._request.read_timeout

    async def initialize(self) -> None:
        """Prepare the underlying request."""
        await self._request.initialize()

    async def shutdown(self) -> None:
        """Release the underlying request."""
        await self._request.shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *args: Any,  # noqa: ANN401 - timeouts, passed on as they are
        **kwargs: Any,  # noqa: ANN401
    ) -> tuple[int, bytes]:
        """Make a call, and repeat it after each of `PAUSES` where that is safe.

        Returns:
            The HTTP status and the body of the last try's answer.

        Raises:
            TelegramError: The last try got no answer.
        """
        name = FILE if method == "GET" else url.rpartition("/")[2]
        for pause in () if name in NEVER_REPEATED else PAUSES:
            try:
                code, body = await self._try(name, url, method, request_data, *args, **kwargs)
            except TelegramError as error:
                if not _is_safe_to_repeat(name, error):
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


def _is_safe_to_repeat(name: str, error: TelegramError) -> bool:
    return isinstance(error.__cause__, NOT_SENT) or name.startswith((*REPEATABLE, FILE))
