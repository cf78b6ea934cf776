"""Updates that cannot be read: set aside, so that the others delivered with them get through.

python-telegram-bot takes a batch of updates as a whole or not at all. One that it cannot read,
because Telegram has changed a type, say, would be fetched again and again, and nothing after it.
And it reads some that lack what every handler relies on: who wrote or pressed, and in which chat.
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
    """Fetches updates; of one that cannot be read, only the number is left for the library."""

    def __init__(self, request: BaseRequest, connection: Connection, inbox: Inbox) -> None:
        """Store what makes the calls, who hears how they ended, and where to set updates aside."""
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
        """Return the status and body of the last try; raise what that raised."""
        code, body = await super().do_request(url, method, request_data, *args, **kwargs)
        return code, await self._readable(body) if code == HTTPStatus.OK else body

    async def _readable(self, body: bytes) -> bytes:
        try:
            answer = json.loads(body, object_hook=_present)
            updates = [(update, flaw(update)) for update in answer["result"]]
        except (ValueError, LookupError, TypeError):  # no answer of the Bot API's: not ours to say
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
    """Return why an update cannot be handled, None where it can."""
    try:
        read = Update.de_json(update)
    except Exception as error:  # whatever the library stumbles over
        return f"unreadable: {type(error).__name__}"
    return None if _is_whole(read) else "incomplete"


def _present(content: Json) -> Json:
    """Return the fields that are there; the library takes null for any required value."""
    return {name: value for name, value in content.items() if value is not None}


def _is_whole(update: Update) -> bool:
    """Tell whether an update of a kind that the bot asks for has all that its handlers need."""
    query = update.callback_query
    message = update.message or update.edited_message or (query.message if query else None)
    asked_by = [asked.from_user for asked in (query, update.inline_query) if asked]
    # By their types, neither a chat nor a person can be missing; by the library's reading, both.
    return all([message is None or message.chat, *asked_by])
