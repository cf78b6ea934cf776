"""Replies about collections: which are read here, who joined one, and the buttons to choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from telegram import InlineKeyboardMarkup

from bot.replies.buttons import button
from bot.replies.callback_data import AddTo, AskIn, AskInAll, Exclude
from bot.replies.markup import escaped, line
from bot.store import Member
from bot.texts import Texts
from retrieval.documents import HASH_DIGITS

TITLE_LIMIT = 60
MOST_MEMBERS = 40  # named in one message, with a button each
CHOSEN = "✓ "


def key_of_collection(name: str) -> str:
    """Return the hash digits by which a button names a collection."""
    return sha256(name.encode()).hexdigest()[:HASH_DIGITS]


def key_of_member(member: Member) -> str:
    """Return the hash digits by which a button names who joined."""
    return sha256(f"{member.chat_id}/{member.topic}".encode()).hexdigest()[:HASH_DIGITS]


def collections_reply(titles: Mapping[str, str], texts: Texts) -> str:
    """Return the list of the collections that are read here."""
    if not titles:
        return texts.nothing_readable
    return "\n".join([texts.collections, *(f"• {shown_title(one)}" for one in titles.values())])


def choice_keyboard(
    titles: Mapping[str, str], asked: frozenset[str], texts: Texts
) -> InlineKeyboardMarkup | None:
    """Return buttons that choose which collection is asked, None where there is no choice."""
    if len(titles) < 2:  # noqa: PLR2004
        return None
    all_are = CHOSEN if asked == frozenset(titles) else ""
    rows = [[button(all_are + texts.all_collections, AskInAll())]]
    for name, title in titles.items():
        mark = CHOSEN if asked == {name} else ""
        rows.append([button(mark + line(title, TITLE_LIMIT), AskIn(key_of_collection(name)))])
    return InlineKeyboardMarkup(rows)


def desks_keyboard(titles: Iterable[tuple[str, str]]) -> InlineKeyboardMarkup:
    """Return a button for each collection, given by name and title, to add a file to it."""
    rows = [
        [button(line(title, TITLE_LIMIT), AddTo(key_of_collection(name)))] for name, title in titles
    ]
    return InlineKeyboardMarkup(rows)


def members_reply(title: str, members: Sequence[Member], texts: Texts) -> str:
    """Return the list of those who joined a collection by a code."""
    if not members:
        return texts.members_none.format(title=shown_title(title))
    listed = [f"• {_shown(one)}" for one in members[:MOST_MEMBERS]]
    return "\n".join([texts.members.format(title=shown_title(title)), *listed])


def members_keyboard(
    collection: str, members: Sequence[Member], texts: Texts
) -> InlineKeyboardMarkup | None:
    """Return a button for each of them that ends the membership, None where there is none."""
    rows = [
        [
            button(
                f"{texts.exclude_button} {line(one.title, TITLE_LIMIT)}",
                Exclude(key_of_collection(collection), key_of_member(one)),
            )
        ]
        for one in members[:MOST_MEMBERS]
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def shown_title(title: str) -> str:
    """Return a collection's title on one line, as HTML."""
    return escaped(line(title, TITLE_LIMIT))


def named_reply(text: str, names: Iterable[str]) -> str:
    """Return a text with the names of collections, as they are typed behind a command."""
    return text.format(names=", ".join(f"<code>{escaped(one)}</code>" for one in names))


def _shown(member: Member) -> str:
    topic = f"/{member.topic}" if member.topic else ""
    return f"{escaped(line(member.title, TITLE_LIMIT))} (<code>{member.chat_id}{topic}</code>)"
