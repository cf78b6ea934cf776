"""Sets aside updates that cannot be read, so that the others delivered with them get through.

python-telegram-bot takes a batch of updates as a whole or not at all. An update that it cannot
read, for example because Telegram has changed a type, would be fetched again and again, and block
all updates after it. The library also accepts updates that lack what every handler relies on: the
person and the chat.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from telegram import Update
from telegram.request import BaseRequest, RequestData

from bot.delivery.calls import Calls
from bot.delivery.connection import Connection
from bot.delivery.inbox import Inbox

Json = dict[str, Any]


class UpdateCalls(Calls):
    """Fetches updates, and reduces an unreadable one to its id, which the library can read."""

    def __init__(self, request: BaseRequest, connection: Connection, inbox: Inbox) -> None:
        """Store the request, the connection and the inbox.

        Args:
            request: Makes each call.
            connection: Records how each call ended.
            inbox: Keeps the updates that are set aside.
        """
        super().__init__(request, connection)
        self._inbox = inbox

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *args: Any,  # noqa: ANN401 - timeouts, passed on as they are
        **kwargs: Any,  # noqa: ANN401
    ) -> tuple[int, bytes]:
        """Make a call as `Calls` does, and set aside the unreadable updates in its answer."""
        code, body = await super().do_request(url, method, request_data, *args, **kwargs)
        return code, await self._readable(body) if code == HTTPStatus.OK else body

    async def _readable(self, body: bytes) -> bytes:
        try:
            answer = json.loads(body, object_hook=_without_nulls)
            updates = [(update, flaw(update)) for update in answer["result"]]
        except (ValueError, LookupError, TypeError):  # not the Bot API's: the library complains
            return body
        if not any(reason for _, reason in updates):
            return body
        for update, reason in updates:
            if reason:
                await self._inbox.refuse(update["update_id"], json.dumps(update), reason)
        answer["result"] = [
            {"update_id": update["update_id"]} if reason else update for update, reason in updates
        ]
        return json.dumps(answer).encode()


def flaw(update: Json) -> str | None:
    """Return why an update, given as decoded JSON, cannot be handled; None if it can."""
    try:
        read = Update.de_json(update)
    except Exception as error:  # the library fails in many ways on data that it does not expect
        return f"unreadable: {type(error).__name__}"
    return None if _is_complete(read) else "incomplete"


def _without_nulls(content: Json) -> Json:
    """Return the fields that are not null; the library accepts null for any required value."""
    return {name: value for name, value in content.items() if value is not None}


def _is_complete(update: Update) -> bool:
    """Return whether an update of a kind that the bot asks for has all that its handlers need."""
    query = update.callback_query
    message = update.message or update.edited_message or (query.message if query else None)
    asked_by = [asked.from_user for asked in (query, update.inline_query) if asked]
    # The library's types promise a chat and a person, but its parser lets both be missing.
    return all([message is None or message.chat, *asked_by])
