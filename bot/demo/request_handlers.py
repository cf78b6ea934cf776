"""The HTTP side of the demo's server: calls of the bot, calls of the page, files.

Only programs and pages of this machine may use the server. It listens on loopback, but another
site's page could still reach it through a visitor's browser. So requests under another host name
(DNS rebinding) or from another origin are refused, and the methods that ask for no token take
nothing but JSON, which a form of another site cannot send.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from http.client import responses
from types import TracebackType
from typing import Any

from telegram import TelegramObject
from tornado.web import HTTPError, RequestHandler, StaticFileHandler

from bot.demo.api.arguments import Method, arguments_of
from bot.demo.errors import ApiError, BadRequest
from bot.demo.world.events import Event
from bot.demo.world.files import Files

log = logging.getLogger(__name__)

HOSTS = {"127.0.0.1", "localhost"}
POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class LocalHandler(RequestHandler):
    """The base of all handlers: security headers, the check of host and origin, logging."""

    def set_default_headers(self) -> None:
        """Allow the browser to load nothing but the page's own files."""
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Cache-Control", "no-cache")

    def prepare(self) -> None:
        """Refuse a request that another site's page may have sent."""
        origin = self.request.headers.get("Origin", f"http://{self.request.host}")
        if self.request.host_name not in HOSTS or origin != f"http://{self.request.host}":
            raise HTTPError(403)

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Log an error of the server itself, without the address, because that holds the token."""
        if not isinstance(value, HTTPError):
            log.error("The demo's server failed", exc_info=value)


class PageHandler(LocalHandler, StaticFileHandler):
    """`/<path>`: the files of the chat page."""


class MethodHandler(LocalHandler):
    """Calls of methods, answered in the envelope of the Bot API: "ok" with "result" or an error."""

    def initialize(self, methods: Mapping[str, Method]) -> None:
        """Take the methods, by their names in lower case."""
        self._methods = methods
        self._call: asyncio.Future[object] | None = None

    def on_connection_close(self) -> None:
        """Cancel the call of a client that has closed its connection."""
        if self._call:
            self._call.cancel()

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ANN401 - tornado's own
        """Answer with an HTTP error in the envelope."""
        self.refuse(status_code, responses[status_code])

    def refuse(self, code: int, description: str, **more: object) -> None:
        """Answer that a call failed.

        Args:
            code: The HTTP status, and the `error_code` of the answer.
            description: The `description` of the answer.
            more: Further fields of the answer, such as `parameters` with a `retry_after`.
        """
        self.set_status(code)
        self.finish({"ok": False, "error_code": code, "description": description, **more})

    async def answer(self, name: str) -> None:
        """Call a method with the request's parameters; answer with its result or its error."""
        try:
            result = await self._result(name)
        except ApiError as error:
            self.refuse(error.code, error.description)
        except asyncio.CancelledError:
            log.debug("The caller of %s left", name)
        else:
            self.set_header("Content-Type", "application/json; charset=utf-8")
            self.finish(json.dumps({"ok": True, "result": result}, default=_plain))

    async def _result(self, name: str) -> object:
        method = self._methods.get(name.lower())
        if method is None:
            raise ApiError(404, "Not Found")
        arguments = arguments_of(method, self.given())
        self._call = asyncio.ensure_future(method(**arguments))
        return await self._call

    def given(self) -> dict[str, object]:
        """Return the parameters of the call: those in the address, the form and the JSON body.

        The bytes of a file in the form are the parameter that it is named for; empty ones are none.
        """
        given: dict[str, object] = {
            name: self.get_argument(name, strip=False) for name in self.request.arguments
        }
        files = self.request.files
        given |= {name: sent[0].body for name, sent in files.items() if sent[0].body}
        return given | (self._json() if self._is_json() else {})

    def _is_json(self) -> bool:
        return self.request.headers.get("Content-Type", "").startswith("application/json")

    def _json(self) -> dict[str, object]:
        try:
            fields = json.loads(self.request.body)
        except ValueError as error:
            raise BadRequest("can't parse the body as JSON") from error
        if not isinstance(fields, dict):
            raise BadRequest("the body must be a JSON object")
        return {name: value for name, value in fields.items() if value is not None}


class BotHandler(MethodHandler):
    """`/bot<token>/<method>`: the calls of the bot."""

    def initialize(  # type: ignore[override]
        self, methods: Mapping[str, Method], admits: Callable[[str], bool]
    ) -> None:
        """Take the methods, and a function that says whether a token is the bot's."""
        super().initialize(methods)
        self._admits = admits

    async def get(self, token: str, name: str) -> None:
        """Answer a call with its parameters in the address."""
        await self.post(token, name)

    async def post(self, token: str, name: str) -> None:
        """Answer a call, if its token is the bot's."""
        if self._admits(token):
            await self.answer(name)
        else:
            self.refuse(401, "Unauthorized")


class FileHandler(LocalHandler):
    """`/file/bot<token>/<path>`: the files that people sent, for the bot to download."""

    def initialize(self, files: Files, admits: Callable[[str], bool]) -> None:
        """Take the files, and a function that says whether a token is the bot's."""
        self._files = files
        self._admits = admits

    def get(self, token: str, path: str) -> None:
        """Answer with the bytes of a file."""
        if not self._admits(token):
            raise HTTPError(401)
        try:
            content = self._files.content(path)
        except ApiError as error:
            raise HTTPError(error.code) from None
        self.set_header("Content-Type", "application/octet-stream")
        self.finish(content)


class PhotoHandler(LocalHandler):
    """`/photo/<file_id>`: the photos that the bot sent, for the page."""

    def initialize(self, files: Files) -> None:
        """Take the files."""
        self._files = files

    def get(self, file_id: str) -> None:
        """Answer with the JPEG of a photo."""
        try:
            content = self._files.photo(file_id)
        except ApiError as error:
            raise HTTPError(error.code) from None
        self.set_header("Content-Type", "image/jpeg")
        self.finish(content)


class PersonHandler(MethodHandler):
    """`/demo/<method>`: the calls of the page, which acts for people."""

    async def post(self, name: str) -> None:
        """Answer a call whose parameters come as JSON."""
        if not self._is_json():
            raise HTTPError(415)
        await self.answer(name)


def _plain(value: object) -> object:
    """Return an object of the Bot API or an event as data that `json` can write."""
    if isinstance(value, TelegramObject):
        return value.to_dict()
    if isinstance(value, Event):
        return asdict(value)
    raise TypeError(f"no JSON for {type(value)}")
