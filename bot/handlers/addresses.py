"""/add https://…: what lies at an address is fetched and taken into the documents."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from dataclasses import dataclass

from telegram import Message

from bot.chat.people import Person
from bot.desk import Desk
from bot.handlers.intake import Intake, NewFile, Progress
from bot.handlers.services import Services
from bot.replies.addresses import fetching_reply, not_fetched_reply, unreadable_reply
from bot.texts import Texts
from retrieval.collecting.fetch_errors import FetchError
from retrieval.collecting.fetched import site_of
from retrieval.reading.web_origin import WebOrigin
from retrieval.refusals import UnreadableError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AddressHandlers:
    """Fetches what administrators name the addresses of."""

    services: Services
    intake: Intake

    async def add(self, message: Message, desk: Desk) -> None:
        """Add what lies at the address in the message to a collection, or say how one is given."""
        texts = await self.services.languages.texts(Person.behind(message))
        address = _address_in(message.text or "")
        if not address:
            await message.reply_text(texts.how_to_add_address)
            return
        async with self.intake.turn() as turn:
            await self._add(message, address, desk, turn, texts)

    async def _add(
        self,
        message: Message,
        address: str,
        desk: Desk,
        turn: Awaitable[object],
        texts: Texts,
    ) -> None:
        progress = Progress(await message.reply_text(fetching_reply(address, texts)))
        await turn
        try:
            file = await self._fetched(address, desk, message.get_bot().username)
        except UnreadableError as error:
            said = unreadable_reply(address, error, texts)
        except FetchError as error:
            logger.warning("address not fetched: %s", error.cause.name)
            said = not_fetched_reply(address, error, texts)
        else:
            said = await self.intake.take(file, desk, progress, texts)
        await progress.end(said)

    async def _fetched(self, address: str, desk: Desk, username: str) -> NewFile:
        """Fetch a page or a file; raises FetchError and UnreadableError."""
        fetched = await self.services.fetcher.for_bot(username).fetch_document(address)
        url = fetched.head.url
        origin = WebOrigin(url, source=site_of(url))
        return NewFile(desk.upload_name(fetched.file_name), fetched.data, origin)


def _address_in(text: str) -> str:
    """Return the first word after the command, as a web address; "" where there is none."""
    words = text.split()[1:2]
    return "".join(word if "://" in word else f"https://{word}" for word in words)
