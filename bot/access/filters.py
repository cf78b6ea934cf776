"""A filter of messages by what their author may do."""

from __future__ import annotations

from telegram import Message
from telegram.ext import filters

from bot.access.access import Access


class Administers(filters.MessageFilter):
    """Lets the messages of people pass who administer some collection now."""

    def __init__(self, access: Access) -> None:
        """Store who administers what."""
        super().__init__()
        self._access = access

    def filter(self, message: Message) -> bool:
        """Tell whether the author administers a collection."""
        sender = message.from_user
        return sender is not None and bool(self._access.administered(sender.id))
