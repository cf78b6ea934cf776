"""Telegram for many chats at once: it keeps what the bot sent to which of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from telegram.request import RequestData

from tests.helpers.desks.world import GROUPS, OPERATOR
from tests.helpers.fake_telegram import DATE, ME, Call
from tests.helpers.scripted_request import ScriptedRequest

Json = dict[str, Any]


@dataclass
class Sent:
    """A message of the bot as it stands in its chat."""

    message: Json
    buttons: tuple[str, ...]


@dataclass
class ManyChats(ScriptedRequest):
    """Records the calls of a step, and keeps all messages that were sent so far."""

    calls: list[Call] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    last: int = 0
    chat: Json = field(default_factory=dict)
    topic: int | None = None

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
        call = Call(url.rpartition("/")[2], dict(request_data.parameters) if request_data else {})
        self.calls.append(call)
        return 200, json.dumps({"ok": True, "result": self._result(call)}).encode()

    def next_id(self) -> int:
        self.last += 1
        return self.last

    def _result(self, call: Call) -> object:
        if call.method == "getMe":
            return ME
        if call.method == "answerGuestQuery":
            return {"inline_message_id": "1"}
        if call.method == "getChatMember":
            person = {"id": call.parameters["user_id"], "is_bot": False, "first_name": "P"}
            return {"status": "creator", "user": person} | {"is_anonymous": False}
        if call.method == "getFile":
            number = call.parameters["file_id"]
            return {"file_id": number, "file_unique_id": number, "file_path": f"files/{number}"}
        if call.method not in ("sendMessage", "editMessageText"):
            return True
        return self._kept(call.parameters)

    def _kept(self, parameters: Json) -> Json:
        """Keep a message that is sent or edited, with the data of its buttons."""
        keyboard = parameters.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = tuple(
            one["callback_data"] for row in keyboard for one in row if "callback_data" in one
        )
        message: Json = {
            "message_id": parameters.get("message_id") or self.next_id(),
            "date": DATE,
            "chat": chat_of(parameters["chat_id"]),
            "from": ME,
            "text": parameters["text"],
        }
        if topic := parameters.get("message_thread_id"):
            message |= {"message_thread_id": topic, "is_topic_message": True}
        self.sent.append(Sent(message, buttons))
        return message


def chat_of(number: int) -> Json:
    """Return the chat with this id: a group's, or a person's private one."""
    if number in GROUPS:
        return {"id": number, "type": "supergroup", "title": f"Group {-number}"}
    return {"id": number, "type": "private", "first_name": f"P{number}"}


def person_of(number: int) -> Json:
    """Return the person with this id; every other one speaks English."""
    language = "en" if number % 2 and number != OPERATOR else "vi"
    return {"id": number, "is_bot": False, "first_name": f"P{number}", "language_code": language}
