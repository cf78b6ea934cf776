"""Whether the database can be used, and whether another process uses it for the same bot."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine

from bot.doctor.finding import Finding
from bot.settings import Settings
from bot.store import Claim, StoreError
from bot.store.database import Tables, look_at_database


def database_findings(settings: Settings) -> Iterator[Finding]:
    """Yield what is found of the database; nothing in it is changed."""
    try:
        database = look_at_database(settings.database_url)
    except StoreError as error:
        yield Finding.bad("database", str(error), "correct DATABASE_URL, or start its server")
        return
    if database is None:
        yield Finding.note("database", "none yet", "the first start makes it")
        return
    try:
        yield _TABLES[database.tables]
        if database.tables is not Tables.LATER and settings.token:
            yield _instance(database.engine, settings)
    finally:
        database.engine.dispose()


_TABLES = {
    Tables.CURRENT: Finding.good("database", "its tables are of this version"),
    Tables.EARLIER: Finding.note(
        "database", "its tables are of an earlier version", "back it up; the next start migrates it"
    ),
    Tables.LATER: Finding.bad(
        "database",
        "its tables are of a later version of the bot",
        "install that version, or restore a backup of this one",
    ),
}


def _instance(engine: Engine, settings: Settings) -> Finding:
    claim = Claim(engine, settings.bot_id)
    try:
        if claim.take(seconds=0):
            return Finding.good("other instance", "none uses this database")
        if settings.webhook and engine.dialect.name == "postgresql" and _shares(engine, settings):
            return Finding.good("other instance", "replicas run on this database")
    except StoreError as error:
        return Finding.bad("other instance", str(error))
    finally:
        claim.release()
    return Finding.bad(
        "other instance",
        "a bot with this token runs on this database",
        "it is running already; stop it before you start another",
    )


def _shares(engine: Engine, settings: Settings) -> bool:
    """Tell whether one more replica may run beside those that do."""
    claim = Claim(engine, settings.bot_id, "doctor")
    try:
        return claim.take(seconds=0)
    finally:
        claim.release()
