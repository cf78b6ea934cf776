"""Telegram without a network: delivers messages and records every call."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import BadRequest, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.application import build_application
from bot.delivery.inbox_application import InboxApplication
from bot.settings import Settings
from tests.helpers.bot_api import shown_text, violations
from tests.helpers.samples import FakeRetriever
from tests.helpers.scripted_request import ScriptedRequest

if TYPE_CHECKING:
    from retrieval.library import Library

Json = dict[str, Any]

ME: Json = {"id": 123456, "is_bot": True, "first_name": "Trích dẫn", "username": "TrichDanBot"}
LAN: Json = {"id": 7, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
TOM: Json = {"id": 8, "is_bot": False, "first_name": "Tom", "language_code": "en"}
PRIVATE: Json = {"id": 7, "type": "private", "first_name": "Lan"}
GROUP: Json = {"id": -100, "type": "supergroup", "title": "Tổ công tác"}
DATE = 1632873600

DESCRIPTIONS = {
    "getMyDescription": "description",
    "getMyShortDescription": "short_description",
}

numbers = count(1000)


@dataclass(frozen=True)
class Call:
    """One call to the Bot API, its parameters decoded."""

    method: str
    parameters: Json


@dataclass
class FakeTelegram(ScriptedRequest):
    """Records every call, checks it against the Bot API's description, and replies.

    `messages` are the bot's messages as they stand in the chats. A method in `failures` raises that
    error instead. `files` are the files that people have sent, by their ids.
    `standing` is the status of everybody in every group: "member", "left" or "kicked".
    """

    calls: list[Call] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    failures: dict[str, TelegramError] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    standing: str = "member"

    def sent(self) -> list[Json]:
        """Return the parameters of the messages sent."""
        return [call.parameters for call in self.calls if call.method == "sendMessage"]

    def photos(self) -> list[Json]:
        """Return the parameters of the photos sent."""
        return [call.parameters for call in self.calls if call.method == "sendPhoto"]

    def edited(self) -> list[Json]:
        """Return the parameters of the messages edited."""
        return [call.parameters for call in self.calls if call.method == "editMessageText"]

    def texts(self) -> list[str]:
        """Return the texts of the messages sent, as HTML."""
        return [parameters["text"] for parameters in self.sent()]

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        if method == "GET":
            return 200, self.files[url.rpartition("/")[2]]
        call = Call(url.rpartition("/")[2], _parameters(request_data) if request_data else {})
        self.calls.append(call)
        self.violations += violations(call.method, call.parameters)
        if isinstance(failure := self.failures.get(call.method), BadRequest):
            said = f"Bad Request: {failure.message}"
            return 400, json.dumps({"ok": False, "error_code": 400, "description": said}).encode()
        if failure:
            raise failure
        return 200, json.dumps({"ok": True, "result": self._result(call)}).encode()

    def _result(self, call: Call) -> object:
        if call.method == "getMe":
            return ME
        if name := DESCRIPTIONS.get(call.method):
            return {name: self._described(name, call.parameters.get("language_code"))}
        if call.method == "getFile":
            number = call.parameters["file_id"]
            return {"file_id": number, "file_unique_id": number, "file_path": f"files/{number}"}
        if call.method == "answerGuestQuery":
            return {"inline_message_id": str(next(numbers))}
        if call.method == "getChatMember":
            person = {"id": call.parameters["user_id"], "is_bot": False, "first_name": "Lan"}
            return {"status": self.standing, "user": person}
        if call.method not in ("sendMessage", "sendPhoto", "editMessageText"):
            return True
        chat = PRIVATE if call.parameters["chat_id"] == PRIVATE["id"] else GROUP
        if call.method == "sendPhoto":
            return message(chat=chat, **{"from": ME, "caption": call.parameters["caption"]})
        text = shown_text(call.parameters["text"])
        self.messages.append(message(text, chat=chat, **{"from": ME}))
        return self.messages[-1]

    def _described(self, name: str, language: str | None) -> str:
        """Return the description that the bot has given itself in that language, if any."""
        given = [call.parameters for call in self.calls if name in call.parameters]
        return next((p[name] for p in reversed(given) if p.get("language_code") == language), "")


def _parameters(request_data: RequestData) -> Json:
    """Return a call's parameters; an uploaded file is named where Telegram would find it."""
    uploaded = request_data.multipart_data or {}
    return dict(request_data.parameters) | {name: f"attach://{name}" for name in uploaded}


def message(text: str | None = None, **fields: object) -> Json:
    """Return a message by Lan in private, its commands and mentions marked; `fields` change it."""
    written = {"text": text, "entities": entities(text)} if text is not None else {}
    plain = {"message_id": next(numbers), "date": DATE, "chat": PRIVATE, "from": LAN}
    return plain | written | fields


def entities(text: str) -> list[Json]:
    """Return the commands and mentions in `text` as Telegram marks them, in UTF-16 code units."""
    kinds = {"bot_command": r"(?<!\S)/\w+(@\w+)?", "mention": r"(?<![\w/])@\w+"}
    return [
        {
            "type": kind,
            "offset": len(text[: match.start()].encode("utf-16-le", "surrogatepass")) // 2,
            "length": len(match[0].encode("utf-16-le", "surrogatepass")) // 2,
        }
        for kind, pattern in kinds.items()
        for match in re.finditer(pattern, text)
    ]


def button(data: str, sender: Json = LAN, **fields: object) -> Json:
    """Return the press of a button with `data` under one of the bot's messages."""
    return {
        "id": str(next(numbers)),
        "from": sender,
        "chat_instance": "1",
        "data": data,
        "message": message("…", **({"from": ME} | fields)),
    }


@asynccontextmanager
async def opened(
    settings: Settings, library: Library, telegram: BaseRequest
) -> AsyncIterator[InboxApplication]:
    """Open the bot. At the end, stop it if it was started, and close it and its store."""
    if isinstance(library, FakeRetriever):
        library.settings = settings.retrieval
    application = build_application(settings, library, telegram)
    async with application:
        try:
            yield application
        finally:
            if application.running:
                await application.stop()
    assert application.post_shutdown is not None
    await application.post_shutdown(application)


@dataclass(frozen=True)
class Chatting:
    """The bot after its start; `telegram` records what it sends."""

    application: InboxApplication
    telegram: FakeTelegram

    async def receive(self, **update: Json) -> list[Json]:
        """Deliver an update, such as `message=…`, and return the messages sent because of it."""
        before = len(self.telegram.sent())
        parsed = Update.de_json({"update_id": next(numbers), **update}, self.application.bot)
        await self.application.process_update(parsed)
        return self.telegram.sent()[before:]

    async def say(self, text: str | None = None, **fields: object) -> list[Json]:
        """Deliver a new message and return the messages sent because of it."""
        return await self.receive(message=message(text, **fields))
