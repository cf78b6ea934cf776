"""The bot's command lists, one for each scope and language, and which of them a person sees."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import BotCommand, BotCommandScope, Chat
from telegram.constants import BotCommandScopeType as Scope
from telegram.constants import ChatType


class CommandLists:
    """Lists by scope and language; an empty language is for everyone without a list in theirs."""

    def __init__(self) -> None:
        """Start without commands."""
        self._lists: dict[tuple[str, str], tuple[BotCommand, ...]] = {}

    def set(
        self, scope: BotCommandScope | None, language: str, commands: Sequence[BotCommand]
    ) -> None:
        """Keep a list; an empty one is the same as none."""
        key = (_key(scope), language)
        self._lists.pop(key, None)
        if commands:
            self._lists[key] = tuple(commands)

    def get(self, scope: BotCommandScope | None, language: str) -> tuple[BotCommand, ...]:
        """Return the very list that was set for this scope and language."""
        return self._lists.get((_key(scope), language), ())

    def shown(self, chat: Chat, language: str) -> tuple[BotCommand, ...]:
        """Return the list a person with this language sees in `chat`: the narrowest there is."""
        private = chat.type == ChatType.PRIVATE
        everywhere = Scope.ALL_PRIVATE_CHATS if private else Scope.ALL_GROUP_CHATS
        for scope in (f"{Scope.CHAT}:{chat.id}", everywhere, Scope.DEFAULT):
            for code in (language, ""):
                if commands := self._lists.get((str(scope), code)):
                    return commands
        return ()


def _key(scope: BotCommandScope | None) -> str:
    """Return the scope's type, with the chat and the user where it names them."""
    fields = (scope or BotCommandScope(Scope.DEFAULT)).to_dict()
    named = [fields.get("type"), fields.get("chat_id"), fields.get("user_id")]
    return ":".join(str(value) for value in named if value is not None)
