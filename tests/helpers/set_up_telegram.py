"""Telegram as BotFather has set up a bot in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.helpers.fake_telegram import ME, Call, FakeTelegram, Json


@dataclass
class SetUpTelegram(FakeTelegram):
    """Telegram as BotFather has set up the bot, with a webhook or without."""

    me: Json = field(default_factory=dict)
    webhook: Json = field(default_factory=dict)

    def _result(self, call: Call) -> object:
        if call.method == "getMe":
            return ME | {"can_read_all_group_messages": False} | self.me
        none = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        return none | self.webhook
