"""The bot's commands: a list for each scope and language, and which of them a person sees."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import BotCommand, BotCommandScope, Chat
from telegram.constants import BotCommandScopeType as Scope
from telegram.constants import ChatType


class CommandLists:
    """Lists by scope and language; an empty language stands for all that have no list."""

    def __init__(self) -> None:
        """Start without commands."""
        self._lists: dict[tuple[str, str], tuple[BotCommand, ...]] = {}

    def set(
        self, scope: BotCommandScope | None, language: str, commands: Sequence[BotCommand]
    ) -> None:
        """Set a list; an empty one removes it."""
        key = (_key(scope), language)
        self._lists.pop(key, None)
        if commands:
            self._lists[key] = tuple(commands)

    def get(self, scope: BotCommandScope | None, language: str) -> tuple[BotCommand, ...]:
        """Return the list that was set for exactly this scope and language, or an empty one."""
        return self._lists.get((_key(scope), language), ())

    def shown(self, chat: Chat, language: str) -> tuple[BotCommand, ...]:
        """Return the list that a person with this language sees: that of the narrowest scope."""
        private = chat.type == ChatType.PRIVATE
        everywhere = Scope.ALL_PRIVATE_CHATS if private else Scope.ALL_GROUP_CHATS
        for scope in (f"{Scope.CHAT}:{chat.id}", everywhere, Scope.DEFAULT):
            for code in (language, ""):
                if commands := self._lists.get((str(scope), code)):
                    return commands
        return ()


def _key(scope: BotCommandScope | None) -> str:
    """Return the type of the scope, with the chat and the user if it names them."""
    fields = (scope or BotCommandScope(Scope.DEFAULT)).to_dict()
    named = [fields.get("type"), fields.get("chat_id"), fields.get("user_id")]
    return ":".join(str(value) for value in named if value is not None)
