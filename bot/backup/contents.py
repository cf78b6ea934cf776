"""What is backed up: the database, documents from chat and feeds, collections, and the settings.

The index and the encoder's cache can be made again, and the other documents lie where their owner
put them. Secrets are left out: the token, and URLs that may hold a password.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.store import StoreError
from retrieval.errors import UserError
from retrieval.settings import FROM_CHAT, FROM_FEEDS

DATABASE = "database.sqlite3"
FOLDERS = (FROM_CHAT, FROM_FEEDS)
COLLECTIONS = "collections.toml"
SETTINGS = "settings.env"
CHECKSUMS = "sha256.json"

KEPT_SETTINGS = (
    *("TELEGRAM_API_URL", "ALLOWED_IDS", "ADMIN_IDS", "QUESTIONS_PER_MINUTE"),
    *("TELEGRAM_BOT_TOKEN_FILE", "DATABASE_URL_FILE", "COLLECTION_URL_FILE"),
    *("SEEDS_DIR", "INDEX_DIR", "ENCODER", "RERANKER", "FAISS_INDEX", "HNSW_EF_SEARCH"),
    *("COLLECTIONS", "FEEDS", "OWN_HOSTS"),
    *("MAX_FILE_MB", "PARSE_SECONDS", "PARSE_MEMORY_MB", "OCR"),
    *("WEBHOOK_LISTEN", "METRICS_LISTEN", "LOG_LEVEL"),
)
SECRET_SETTINGS = (
    *("TELEGRAM_BOT_TOKEN", "TELEGRAM_PROXY", "DATABASE_URL", "COLLECTION_URL"),
    *("WEBHOOK_URL", "WEBHOOK_SECRET"),
)


class BackupError(UserError):
    """A backup cannot be written, read or restored."""


def kept_folders(documents: Path) -> list[Path]:
    """Return the folders of documents from chat and feeds that there are below `documents`.

    Where the documents are divided, each collection has a folder of its own for the chat.
    """
    folders = [documents / name for name in FOLDERS]
    folders += sorted(documents.glob(f"*/{FROM_CHAT}"))
    return [one for one in folders if one.is_dir() and not one.is_symlink()]


def database_file(database_url: str) -> Path | None:
    """Return the file of an SQLite database, None for a database on a server.

    Raises:
        StoreError: The URL is none.
    """
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise StoreError(f"DATABASE_URL cannot be read: {error}") from None
    if url.get_backend_name() != "sqlite":
        return None
    return Path(url.database or "")


def settings_text(env: Mapping[str, str]) -> str:
    """Return the settings that are set, but no secret, as a file `.env` holds them."""
    return "".join(f"{name}={_quoted(env[name])}\n" for name in KEPT_SETTINGS if env.get(name))


def _quoted(value: str) -> str:
    # In single quotes python-dotenv takes everything as it is but these two.
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
