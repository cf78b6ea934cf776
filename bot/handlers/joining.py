"""/invite, /join, /leave and /members: a code opens a collection to a group or a person.

An administrator of a collection makes a code in private. It works once, for a day. In a group an
administrator of the group joins with it: the whole group, or the topic in which it is sent. Codes
are tried a few times a minute by each person at most, so that nobody guesses one.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import time

from telegram import CallbackQuery, Message
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.access.access import Access
from bot.access.places import Reader
from bot.chat.own_messages import acknowledge, show_instead
from bot.chat.people import Person
from bot.handlers.rate_limit import RateLimit, Wait
from bot.handlers.services import Services
from bot.replies.callback_data import Exclude
from bot.replies.collections import (
    key_of_collection,
    key_of_member,
    members_keyboard,
    members_reply,
    named_reply,
    shown_title,
)
from bot.store import KeptAccounts, Member
from bot.texts import Texts

VALID = timedelta(days=1)
TRIES_PER_MINUTE = 3
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_LENGTH = 12  # of 31 letters: 59 bits
_IN_CHARGE = (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


@dataclass(frozen=True, slots=True)
class JoiningHandlers:
    """Makes codes, takes them, and ends memberships."""

    services: Services

    @property
    def _access(self) -> Access:
        return self.services.access

    async def invite(self, message: Message) -> None:
        """Make a code for the collection that is named behind the command."""
        texts = await self._texts(message)
        names = self._administered(message)
        name = _argument(message) or (names[0] if len(names) == 1 else "")
        if name not in names:
            await message.reply_text(named_reply(texts.invite_which, names))
            return
        code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        until = datetime.now(UTC) + VALID
        await asyncio.to_thread(self._access.members.invite, name, code, until)
        title = shown_title(self._access.titles([name])[name])
        await message.reply_text(texts.invitation.format(code=code, title=title))

    async def join(self, message: Message) -> None:
        """Open the collection of a code to the group or topic, or to the person in private."""
        texts = await self._texts(message)
        code = _argument(message).lower()
        if not code:
            await message.reply_text(texts.join_how)
        elif not await _is_in_charge(message):
            await message.reply_text(texts.join_in_charge)
        elif wait := await self._tried(message):
            if wait.first:
                await message.reply_text(texts.slow_down.format(seconds=wait.seconds))
        else:
            await message.reply_text(await self._joined(message, code, texts))

    async def _tried(self, message: Message) -> Wait | None:
        limit = RateLimit(TRIES_PER_MINUTE, KeptAccounts(self.services.store.engine, "join"))
        person = Person.behind(message).id
        return await asyncio.to_thread(limit.take, person, message.message_id, time())

    async def leave(self, message: Message) -> None:
        """End the membership of the group or topic, or of the person, in the collection named."""
        texts = await self._texts(message)
        chat, topic = _place_of(message)
        joined = await asyncio.to_thread(self._access.members.joined, chat, topic)
        names = list(self._access.titles(joined))
        name = _argument(message) or (names[0] if len(names) == 1 else "")
        if not names:
            await message.reply_text(texts.leave_none)
        elif not await _is_in_charge(message):
            await message.reply_text(texts.join_in_charge)
        elif name not in names:
            await message.reply_text(named_reply(texts.leave_which, names))
        else:
            title = shown_title(self._access.titles([name])[name])
            await asyncio.to_thread(self._access.members.leave, name, chat, topic)
            await message.reply_text(texts.left.format(title=title))

    async def members(self, message: Message) -> None:
        """List who joined a collection, with buttons that end a membership."""
        texts = await self._texts(message)
        names = self._administered(message)
        name = _argument(message) or (names[0] if len(names) == 1 else "")
        if name not in names:
            await message.reply_text(named_reply(texts.members_which, names))
            return
        members = await asyncio.to_thread(self._access.members.members, name)
        said = members_reply(self._access.titles([name])[name], members, texts)
        await message.reply_text(said, reply_markup=members_keyboard(name, members, texts))

    async def exclude(self, query: CallbackQuery, pressed: Exclude) -> None:
        """End the membership that the button names, and show who is left."""
        texts = await self.services.languages.texts(Person.of(query.from_user))
        names = self._access.administered(query.from_user.id)
        name = next((one for one in names if key_of_collection(one) == pressed.collection), None)
        if name is None or not _is_private(query):
            await acknowledge(query, texts.old_button)
            return
        await acknowledge(query)
        store = self._access.members
        for member in await asyncio.to_thread(store.members, name):
            if key_of_member(member) == pressed.member:
                await asyncio.to_thread(store.leave, name, member.chat_id, member.topic)
        left = await asyncio.to_thread(store.members, name)
        said = members_reply(self._access.titles([name])[name], left, texts)
        await show_instead(query, said, members_keyboard(name, left, texts))

    async def _joined(self, message: Message, code: str, texts: Texts) -> str:
        chat, topic = _place_of(message)
        title = message.chat.title or message.chat.effective_name or ""
        member = Member("", chat, topic, title, datetime.now(UTC))
        name = await asyncio.to_thread(self._access.members.join, code, member)
        known = self._access.titles([name] if name else [])
        if name is None or name not in known:  # removed from the file since
            return texts.no_such_code
        return texts.joined.format(title=shown_title(known[name]))

    def _administered(self, message: Message) -> list[str]:
        names = self._access.administered(Person.behind(message).id)
        return list(self._access.titles(names))

    async def _texts(self, message: Message) -> Texts:
        return await self.services.languages.texts(Person.behind(message))


def _argument(message: Message) -> str:
    words = (message.text or "").split()
    return words[1] if len(words) > 1 else ""


def _place_of(message: Message) -> tuple[int, int | None]:
    """Return the chat that joins, and the topic if the message stands in one."""
    reader = Reader.of_message(message)
    return (reader.place.chat, reader.place.topic) if reader.place else (reader.person, None)


def _is_private(query: CallbackQuery) -> bool:
    return query.message is not None and query.message.chat.type == ChatType.PRIVATE


async def _is_in_charge(message: Message) -> bool:
    """Tell whether the author may decide for the chat: in a group its administrators may."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    if message.sender_chat:  # an anonymous administrator writes as the group itself
        return message.sender_chat.id == message.chat.id
    if message.from_user is None:
        return False
    try:
        member = await message.chat.get_member(message.from_user.id)
    except TelegramError:
        return False
    return member.status in _IN_CHARGE
