"""Clients of the demo's server: one makes the calls of a person, one those of a bot."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from time import monotonic
from typing import Any

import httpx

PRIVATE = 1001
GROUP = -1_002_000_000_001
FORUM = -1_002_000_000_002
CYBER, ASEAN = 1, 2  # the forum's topics
MINH = 1001
MAI = 1002
BOT = 7_000_000_001

JSON = dict[str, Any]

# Loopback needs no certificates, and loading them takes longer than a call.
WITHOUT_CERTIFICATES = SSLContext(PROTOCOL_TLS_CLIENT)


def post(address: str, parameters: JSON) -> JSON:
    """Call a method of the server."""
    answer = httpx.post(address, json=parameters, timeout=60, verify=WITHOUT_CERTIFICATES)
    found: JSON = answer.json()
    return found


class PersonClient:
    """A person whose client is set to `language`; reads the server's events in order."""

    def __init__(self, url: str, user_id: int = MINH, language: str = "vi") -> None:
        self.url = url
        self.id = user_id
        self._actor = {"user_id": user_id, "language_code": language}
        self._seen = 0

    @classmethod
    def newcomer(cls, url: str, user_id: int = MINH, language: str = "vi") -> PersonClient:
        """Return a person who passes over all events so far."""
        person = cls(url, user_id, language)
        person._seen = len(person.call("getEvents", after=0))
        return person

    @classmethod
    def guest(cls, url: str) -> PersonClient:
        """Return somebody new with a private chat of their own; needs a `ControlledServer`."""
        chat = cls(url).call("addPerson", first_name="Lan")
        return cls.newcomer(url, chat["id"])

    def call(self, method: str, /, **parameters: object) -> Any:  # noqa: ANN401 - JSON of any shape
        answer = post(f"{self.url}/demo/{method}", parameters)
        assert answer["ok"], answer["description"]
        return answer["result"]

    def say(
        self, text: str, chat: int = 0, reply_to: int = 0, topic: int = 0, **details: object
    ) -> JSON:
        message: JSON = self.call(
            "postMessage",
            chat_id=chat or self.id,
            text=text,
            reply_to=reply_to,
            message_thread_id=topic,
            **self._actor | details,
        )
        return message

    def ask(self, text: str, chat: int = 0, reply_to: int = 0, topic: int = 0) -> JSON:
        """Post a text and return the bot's reply."""
        return self.reply_to(self.say(text, chat, reply_to, topic))

    def reply_to(self, message: JSON) -> JSON:
        """Return the bot's reply to a message: the next one that it sends or edits."""
        number, chat = message["message_id"], message["chat"]["id"]
        found: JSON = self.next(lambda event: replied_to(event, chat) == number)["data"]["message"]
        return found

    def edit(self, message: JSON, text: str) -> JSON:
        """Edit one's own message."""
        place = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
        edited: JSON = self.call("editMessage", **place, text=text, **self._actor)
        return edited

    def send_file(self, name: str, content: bytes, chat: int = 0, caption: str = "") -> JSON:
        encoded = b64encode(content).decode()
        message: JSON = self.call(
            "postFile",
            chat_id=chat or self.id,
            name=name,
            content=encoded,
            caption=caption,
            **self._actor,
        )
        return message

    def send_other(self, chat: int = 0, **fields: object) -> JSON:
        """Post a message without text, such as `sticker=…`; needs a `ControlledServer`."""
        message: JSON = self.call(
            "postOther", chat_id=chat or self.id, fields=fields, **self._actor
        )
        return message

    def type_inline(self, query: str, chat: int = 0, offset: str = "") -> str:
        """Type a query after the bot's name and return its id."""
        typed = self.call(
            "typeInline", chat_id=chat or self.id, query=query, offset=offset, **self._actor
        )
        return str(typed["id"])

    def inline(self, query: str, chat: int = 0, offset: str = "") -> JSON:
        """Type a query after the bot's name and return the results."""
        number = self.type_inline(query, chat, offset)
        found: JSON = self.next(lambda event: event["data"].get("query_id") == number)["data"]
        return found

    def choose(self, offered: JSON, index: int = 0, chat: int = 0) -> JSON:
        """Send one of the results offered inline."""
        result_id = offered["results"][index]["id"]
        message: JSON = self.call(
            "chooseResult",
            chat_id=chat or self.id,
            query_id=offered["query_id"],
            result_id=result_id,
            **self._actor,
        )
        return message

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
        """Return the next event that is `wanted`, passing over all others."""
        deadline = monotonic() + seconds
        while (left := deadline - monotonic()) > 0:
            for event in self.call("getEvents", after=self._seen, seconds=left):
                self._seen += 1
                if wanted(event):
                    found: JSON = event
                    return found
        raise TimeoutError("no such event")

    def next_from_bot(self, chat: int = 0, seconds: float = 30) -> JSON:
        """Return the bot's next message in a chat, new or edited."""

        def wanted(event: JSON) -> bool:
            message = event["data"].get("message")
            return bool(
                message and message["chat"]["id"] == (chat or self.id) and message["from"]["is_bot"]
            )

        found: JSON = self.next(wanted, seconds)["data"]["message"]
        return found


class BotClient:
    """A bot that calls the Bot API; remembers which updates it has seen."""

    def __init__(self, url: str, token: str) -> None:
        self._base = f"{url}/bot{token}"
        self._offset = 0

    def answer(self, method: str, /, **parameters: object) -> JSON:
        """Return the whole answer, whether the call was refused or not."""
        sent = {name: value for name, value in parameters.items() if value is not None}
        return post(f"{self._base}/{method}", sent)

    def call(self, method: str, /, **parameters: object) -> Any:  # noqa: ANN401 - JSON of any shape
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

    def send_photo(self, photo: bytes, chat: int = PRIVATE, **parameters: str) -> JSON:
        """Return the whole answer to a photo that is uploaded in a form."""
        answer = httpx.post(
            f"{self._base}/sendPhoto",
            data={"chat_id": str(chat), **parameters},
            files={"photo": ("page.jpg", photo, "image/jpeg")},
            timeout=60,
            verify=WITHOUT_CERTIFICATES,
        )
        found: JSON = answer.json()
        return found


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
