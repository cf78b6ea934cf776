"""Secrets in files of their own."""

from pathlib import Path

import pytest

from bot.settings import Settings
from retrieval.errors import SettingsError
from retrieval.secret_files import with_secret_files
from retrieval.settings import RetrievalSettings

TOKEN = "123456:ABC-def_1"  # noqa: S105


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    return file


def test_the_token_and_the_database_are_read_from_files(tmp_path: Path, file: Path) -> None:
    database = tmp_path / "database"
    database.write_text("postgresql://bot:secret@db/bot")
    settings = Settings.from_env(
        {"TELEGRAM_BOT_TOKEN_FILE": str(file), "DATABASE_URL_FILE": str(database)}
    )
    assert settings.token == TOKEN
    assert settings.database_url == "postgresql://bot:secret@db/bot"


def test_the_url_of_the_collection_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "collection"
    file.write_text("postgresql://bot:secret@db/documents\n")
    settings = RetrievalSettings.from_env({"COLLECTION_URL_FILE": str(file)})
    assert settings.collection_url == "postgresql://bot:secret@db/documents"
    assert "secret" not in repr(settings)


def test_a_secret_has_one_place(file: Path) -> None:
    env = {"TELEGRAM_BOT_TOKEN_FILE": str(file), "TELEGRAM_BOT_TOKEN": TOKEN}
    with pytest.raises(SettingsError) as raised:
        with_secret_files(env, "TELEGRAM_BOT_TOKEN")
    assert str(raised.value) == (
        "TELEGRAM_BOT_TOKEN and TELEGRAM_BOT_TOKEN_FILE are both set; remove one of them"
    )


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "cannot be read: No such file or directory"),
        (b" \n", "is empty"),
        (b"\xff", "is no text"),
    ],
)
def test_a_file_without_a_secret_is_a_wrong_setting(
    tmp_path: Path, content: bytes | None, complaint: str
) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError) as raised:
        with_secret_files({"DATABASE_URL_FILE": str(file)}, "DATABASE_URL")
    assert str(raised.value) == f"DATABASE_URL_FILE={file} {complaint}"
