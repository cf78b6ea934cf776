"""Both sides of the demo's server, call by call: a person's and the bot's."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

import httpx

PRIVATE = 1001
GROUP = -1_002_000_000_001
MINH = 1001
MAI = 1002
BOT = 7_000_000_001

JSON = dict[str, Any]


class Person:
    """A person with a client in `language`; reads the events that follow in order."""

    def __init__(self, url: str, user_id: int = MINH, language: str = "vi") -> None:
        self._url = url
        self._actor = {"user_id": user_id, "language_code": language}
        self._seen = 0

    def call(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON of any shape
        answer = httpx.post(f"{self._url}/demo/{method}", json=parameters, timeout=60).json()
        assert answer["ok"], answer["description"]
        return answer["result"]

    def say(self, text: str, chat: int = PRIVATE, reply_to: int = 0) -> JSON:
        message: JSON = self.call(
            "postMessage", chat_id=chat, text=text, reply_to=reply_to, **self._actor
        )
        return message

    def ask(self, text: str, chat: int = PRIVATE, reply_to: int = 0) -> JSON:
        """Say something and return the message that replies to it."""
        number = self.say(text, chat, reply_to)["message_id"]
        found: JSON = self.next(lambda event: replied_to(event, chat) == number)["data"]["message"]
        return found

    def press(self, message: JSON, data: str) -> JSON:
        query: JSON = self.call(
            "pressButton",
            chat_id=message["chat"]["id"],
            message_id=message["message_id"],
            data=data,
            **self._actor,
        )
        return query

    def next(self, wanted: Callable[[JSON], bool], seconds: float = 30) -> JSON:
        """Return the first event from here on that is `wanted`, passing over all others."""
        deadline = monotonic() + seconds
        while (left := deadline - monotonic()) > 0:
            for event in self.call("getEvents", after=self._seen, seconds=left):
                self._seen += 1
                if wanted(event):
                    found: JSON = event
                    return found
        raise TimeoutError("no such event")

    def next_from_bot(self, chat: int = PRIVATE, seconds: float = 30) -> JSON:
        """Return the bot's next message in a chat, new or edited."""

        def wanted(event: JSON) -> bool:
            message = event["data"].get("message")
            return bool(message and message["chat"]["id"] == chat and message["from"]["is_bot"])

        found: JSON = self.next(wanted, seconds)["data"]["message"]
        return found


class BotClient:
    """The Bot API as any bot calls it; keeps count of the updates it has seen."""

    def __init__(self, url: str, token: str) -> None:
        self._base = f"{url}/bot{token}"
        self._offset = 0

    def answer(self, method: str, **parameters: object) -> JSON:
        """Return the whole answer, whether the call was refused or not."""
        sent = {name: value for name, value in parameters.items() if value is not None}
        found: JSON = httpx.post(f"{self._base}/{method}", json=sent, timeout=60).json()
        return found

    def call(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON of any shape
        answer = self.answer(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    def refusal(self, method: str, **parameters: object) -> tuple[int, str]:
        answer = self.answer(method, **parameters)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]

    def update(self, seconds: int = 30) -> JSON:
        """Return the next update."""
        [update] = self.call("getUpdates", offset=self._offset, limit=1, timeout=seconds)
        self._offset = update["update_id"] + 1
        found: JSON = update
        return found

    def send(self, html: str, chat: int = PRIVATE, **parameters: object) -> JSON:
        message: JSON = self.call(
            "sendMessage", chat_id=chat, text=html, parse_mode="HTML", **parameters
        )
        return message


def replied_to(event: JSON, chat: int) -> int | None:
    """Return the number of the message that the bot replied to in a chat, if it did."""
    message = event["data"].get("message", {})
    if not message or message["chat"]["id"] != chat or not message["from"]["is_bot"]:
        return None
    number: int | None = message.get("reply_to_message", {}).get("message_id")
    return number


def plain_entities(message: JSON) -> list[tuple[str, str]]:
    """Return a message's entities as their kinds and the text they cover."""
    text = message["text"].encode("utf-16-le")
    return [
        (entity["type"], text[2 * start : 2 * (start + entity["length"])].decode("utf-16-le"))
        for entity in message.get("entities", [])
        for start in [entity["offset"]]
    ]
