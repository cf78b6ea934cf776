"""All that the doctor looks at, in the order of a start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.doctor.database import database_findings
from bot.doctor.documents import document_findings
from bot.doctor.finding import Finding
from bot.doctor.machine import machine_findings
from bot.doctor.telegram import telegram_findings
from bot.settings import Settings
from retrieval.errors import SettingsError


def examine(env: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is found of a bot with this environment, one thing after the other.

    Nothing is changed but the encoder's cache, which is filled where it is empty. No finding shows
    the token.
    """
    try:
        settings = Settings.from_env(env)
    except SettingsError as error:
        yield Finding.bad("settings", str(error))
        return
    yield Finding.good("settings", "every value can be read")
    yield from machine_findings(settings)
    yield from document_findings(settings.retrieval)
    yield from database_findings(settings)
    yield from telegram_findings(settings)
