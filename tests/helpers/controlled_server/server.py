"""The server itself: a `DemoServer` with control methods, whose calls can go wrong on demand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from http.client import responses
from socket import socket

from bot.demo.api.arguments import Method, methods_of
from bot.demo.request_handlers import BotHandler
from bot.demo.server import DemoServer, Route
from tests.helpers.controlled_server.control import Control, Fault
from tests.helpers.controlled_server.methods import ControlMethods


class ControlledServer(DemoServer):
    """A `DemoServer` whose `/demo/<method>` also takes the methods of `ControlMethods`."""

    def __init__(self, listener: socket) -> None:
        """Take a socket that listens already."""
        super().__init__(listener)
        self._control = Control()

    def admits(self, token: str) -> bool:
        """Whether `token` is the bot's, and not revoked."""
        return super().admits(token) and not self._control.revoked

    def bot_route(self) -> Route:
        """Return the route of the bot's calls, with a handler that records and injects."""
        pattern, _, arguments = super().bot_route()
        return pattern, ControlledBotHandler, {**arguments, "control": self._control}

    def person_methods(self) -> dict[str, Method]:
        """Return the methods for people, and the control methods."""
        return super().person_methods() | methods_of(ControlMethods(self.world, self._control))


class ControlledBotHandler(BotHandler):
    """`/bot<token>/<method>` where each call is recorded, unless a fault takes its place."""

    def initialize(  # type: ignore[override]
        self, methods: Mapping[str, Method], admits: Callable[[str], bool], control: Control
    ) -> None:
        """Take what the handler of the demo takes, and the state to follow."""
        super().initialize(methods, admits)
        self._control = control

    async def answer(self, name: str) -> None:
        """Answer a call, or do what the next fault for its method says."""
        fault = self._control.take_fault(name)
        if fault:
            await asyncio.sleep(fault.seconds)
        if fault and not fault.is_delay:
            self._fail(fault)
        else:
            await super().answer(name)

    def given(self) -> dict[str, object]:
        """Return the call's parameters, and record the call."""
        given = super().given()
        self._control.calls.append({"method": self.path_args[1], "parameters": given})
        return given

    def _fail(self, fault: Fault) -> None:
        if fault.drop:
            self.detach().close()
        elif fault.body is not None:
            self.set_status(fault.code or 200)
            self.finish(fault.body)
        elif fault.retry_after:
            reason = f"Too Many Requests: retry after {fault.retry_after}"
            self.refuse(fault.code, reason, parameters={"retry_after": fault.retry_after})
        else:
            self.refuse(fault.code, responses[fault.code])
