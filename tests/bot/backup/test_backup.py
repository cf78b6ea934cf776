"""A backup, and what comes of it when it is restored on an empty machine."""

from __future__ import annotations

import json
import sqlite3
import stat
import threading
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from dotenv import dotenv_values
from sqlalchemy import create_engine, text

from bot.backup.backup import back_up
from bot.backup.contents import KEPT_SETTINGS, SECRET_SETTINGS, BackupError
from bot.backup.restore import restore
from bot.citations import Citation
from bot.settings import Settings
from bot.store import Claim, GivenAnswer, Store, StoreError
from retrieval.collection.uploads import Uploads
from retrieval.reading.folder import visible_files
from retrieval.reading.web_origin import WebOrigin
from retrieval.settings import Division, RetrievalSettings
from tests.conftest import TOKEN
from tests.helpers.samples import SUMMIT_HIT

GIVEN = GivenAnswer(
    chat_id=-100,
    message_id=5,
    thread_id=None,
    user_id=7,
    question_id=4,
    question="Ai dự hội nghị?",
    language="vi",
    answered=True,
    asked_at=datetime(2021, 9, 29, 12, tzinfo=UTC),
    citations=(Citation.of(SUMMIT_HIT),),
)
ENV = {
    "TELEGRAM_BOT_TOKEN": TOKEN,
    "WEBHOOK_SECRET": "s3cret",
    "ADMIN_IDS": "7",
    "SEEDS_DIR": r"C:\tài liệu của 'Lan'",
    "PATH": "/bin",
}


MIGRATIONS = Config()
MIGRATIONS.set_main_option("script_location", "bot.store:migrations")
HEAD, *EARLIER = (
    each.revision for each in ScriptDirectory.from_config(MIGRATIONS).walk_revisions()
)


def execute(url: str, statement: str, **values: object) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement), values)
    engine.dispose()


def make_database(url: str, revision: str) -> None:
    """Make the tables as an earlier version had them, with an answer."""
    Path(url.removeprefix("sqlite:///")).parent.mkdir()
    engine = create_engine(url)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "bot.store:migrations")
        command.upgrade(config, revision)
    engine.dispose()
    execute(
        url,
        "INSERT INTO answers (chat_id, message_id, user_id, asked_at, citations) "
        "VALUES (-100, 5, 7, '2021-09-29 12:00:00.000000', :citations)",
        citations=json.dumps([asdict(each) for each in GIVEN.citations]),
    )


def machine(folder: Path) -> Settings:
    """Return the settings of a machine whose files lie in `folder`."""
    folder.mkdir()
    return Settings(
        token=TOKEN,
        database_url=f"sqlite:///{folder}/data/bot.sqlite3",
        retrieval=RetrievalSettings(seeds=folder / "seeds"),
    )


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return the settings of a machine with an answer and a document from the chat."""
    settings = machine(tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    store = Store.open(settings.database_url)
    store.save_answer(GIVEN)
    store.close()
    settings.retrieval.seeds.mkdir()
    origin = WebOrigin("https://bao.vn/hop")
    Uploads(settings.retrieval).save("from-chat/họp.txt", "Họp lúc chín giờ.".encode(), origin)
    Uploads(settings.retrieval).save("from-feeds/tin.html", b"<p>Tin</p>", origin)
    return settings


@pytest.fixture
def other(tmp_path: Path) -> Settings:
    return machine(tmp_path / "there")


@pytest.fixture
def file(settings: Settings, tmp_path: Path) -> Path:
    file = tmp_path / "backup.zip"
    back_up(file, settings, ENV)
    return file


def answer_on(settings: Settings) -> GivenAnswer | None:
    with closing(Store.open(settings.database_url)) as store:
        return store.answer_of(-100, 5)


def test_a_backup_is_restored_on_an_empty_machine(
    file: Path, other: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = other.retrieval.seeds.parent
    monkeypatch.chdir(folder)
    assert restore(file, other).splitlines() == [
        f"Restored {file}.",
        f"Database: {folder}/data/bot.sqlite3",
        f"Documents: {folder}/seeds/from-chat",
        f"Documents: {folder}/seeds/from-feeds",
        f"Settings: {folder}/.env. Add the token, which is in no backup.",
    ]
    assert answer_on(other) == GIVEN
    kept = folder / "seeds" / "from-chat" / "họp.txt"
    assert kept.read_text() == "Họp lúc chín giờ."
    assert WebOrigin.of(kept) == WebOrigin("https://bao.vn/hop")
    article = folder / "seeds" / "from-feeds" / "tin.html"
    assert article.read_bytes() == b"<p>Tin</p>"
    assert WebOrigin.of(article) == WebOrigin("https://bao.vn/hop")
    assert dotenv_values(folder / ".env") == {
        "ADMIN_IDS": "7",
        "SEEDS_DIR": r"C:\tài liệu của 'Lan'",
    }
    assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600


def test_a_backup_holds_no_secret_and_is_for_its_owner_alone(file: Path) -> None:
    with ZipFile(file) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist() if "sqlite" not in name)
    assert TOKEN.encode() not in held
    assert b"s3cret" not in held
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_backup_is_whole_while_the_bot_writes(settings: Settings, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        with closing(Store.open(settings.database_url)) as store:
            number = 10
            while not done.is_set():
                store.save_answer(replace(GIVEN, message_id=number))
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            back_up(tmp_path / f"{number}.zip", settings, {})
    finally:
        done.set()
        writer.join()
    for number in range(5):
        with ZipFile(tmp_path / f"{number}.zip") as archive:
            archive.extract("database.sqlite3", tmp_path / str(number))
        with closing(sqlite3.connect(tmp_path / str(number) / "database.sqlite3")) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("revision", EARLIER)
def test_a_database_of_an_earlier_version_is_migrated(
    other: Settings, tmp_path: Path, revision: str
) -> None:
    earlier = machine(tmp_path / "earlier")
    make_database(earlier.database_url, revision)
    back_up(tmp_path / "old.zip", earlier, {})
    restore(tmp_path / "old.zip", other)
    restored = answer_on(other)
    assert restored is not None
    assert (restored.user_id, restored.asked_at) == (GIVEN.user_id, GIVEN.asked_at)
    assert restored.citations == GIVEN.citations


def test_after_an_update_the_version_before_gets_its_backup_back(
    file: Path, settings: Settings
) -> None:
    execute(settings.database_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="its tables are of another version of the bot"):
        answer_on(settings)
    restore(file, settings, overwrite=True)
    assert answer_on(settings) == GIVEN


def test_a_backup_of_a_later_version_changes_nothing(
    settings: Settings, other: Settings, tmp_path: Path
) -> None:
    execute(settings.database_url, "UPDATE alembic_version SET version_num = '9999'")
    back_up(tmp_path / "later.zip", settings, {})
    with pytest.raises(BackupError, match="is of a later version of the bot; install that"):
        restore(tmp_path / "later.zip", other)
    assert list(other.retrieval.seeds.parent.iterdir()) == []


def test_nothing_is_replaced_unless_that_is_said(file: Path, settings: Settings) -> None:
    database = Path(settings.database_url.removeprefix("sqlite:///"))
    documents = settings.retrieval.seeds / "from-chat"
    (documents / "new.txt").write_text("Mới.")
    with pytest.raises(BackupError) as raised:
        restore(file, settings)
    assert str(raised.value) == (
        f"{database} and {documents} and {documents.with_name('from-feeds')} would be replaced; "
        "say --overwrite to do so"
    )
    assert (documents / "new.txt").exists()
    restore(file, settings, overwrite=True)
    assert [path.name for path in visible_files(documents)] == ["họp.txt"]


def test_settings_that_are_there_stay(file: Path, settings: Settings) -> None:
    Path(".env").write_text("ADMIN_IDS=8\n")
    said = restore(file, settings, overwrite=True).splitlines()
    assert said[4:] == [
        "Settings: your .env stays as it is. Those of the backup:",
        "ADMIN_IDS='7'",
        r"SEEDS_DIR='C:\\tài liệu của \'Lan\''",
    ]
    assert Path(".env").read_text() == "ADMIN_IDS=8\n"


def test_a_running_bot_is_not_restored_over(file: Path, settings: Settings) -> None:
    with closing(Store.open(settings.database_url)) as store:
        claim = Claim(store.engine, settings.bot_id)
        claim.take(seconds=0)
        with pytest.raises(BackupError, match=r"a bot runs on .*; stop it first"):
            restore(file, settings, overwrite=True)
        claim.release()


@pytest.mark.parametrize("name", ["database.sqlite3", "from-chat/họp.txt"])
def test_a_damaged_backup_changes_nothing(
    file: Path, other: Settings, tmp_path: Path, name: str
) -> None:
    damaged = tmp_path / "damaged.zip"
    with ZipFile(file) as good, ZipFile(damaged, "w") as bad:
        for each in good.namelist():
            bad.writestr(each, b"x" if each == name else good.read(each))
    with pytest.raises(BackupError) as raised:
        restore(damaged, other)
    assert str(raised.value) == f"{damaged} is damaged: {name} is not what was backed up"
    assert list(other.retrieval.seeds.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "complaint"), [(None, "there is no"), (b"no zip", "is no backup, or damaged")]
)
def test_what_is_no_backup(
    other: Settings, tmp_path: Path, content: bytes | None, complaint: str
) -> None:
    if content is not None:
        (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(BackupError, match=complaint):
        restore(tmp_path / "x.zip", other)


def test_an_existing_file_is_not_written_over(file: Path, settings: Settings) -> None:
    with pytest.raises(BackupError, match="exists already; name another file"):
        back_up(file, settings, {})


def test_a_database_that_is_not_there_yet(other: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="yet; the bot makes it when it starts"):
        back_up(tmp_path / "x.zip", other, {})
    assert not (tmp_path / "x.zip").exists()


def test_a_database_on_a_server_is_left_to_pg_dump(settings: Settings, tmp_path: Path) -> None:
    on_server = replace(settings, database_url="postgresql://bot@db/bot")
    *_, advice = back_up(tmp_path / "x.zip", on_server, {}).splitlines()
    assert advice == "  pg_dump --format=custom --file=trichdan.dump DATABASE_URL"
    with ZipFile(tmp_path / "x.zip") as archive:
        assert "database.sqlite3" not in archive.namelist()
        assert "from-chat/họp.txt" in archive.namelist()


def test_a_file_is_not_restored_to_a_server(file: Path, settings: Settings) -> None:
    on_server = replace(settings, database_url="postgresql://bot@db/bot")
    with pytest.raises(BackupError, match="set DATABASE_URL to an SQLite file"):
        restore(file, on_server)


def test_a_url_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL cannot be read"):
        back_up(tmp_path / "x.zip", Settings(database_url="nonsense"), {})


def test_every_setting_is_kept_or_secret() -> None:
    example = Path(__file__).parents[3] / ".env.example"
    lines = example.read_text("utf-8").splitlines()
    names = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert {*KEPT_SETTINGS, *SECRET_SETTINGS} == names


def test_collections_and_their_documents_come_back(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "here" / "rules.toml"
    file.write_text("[collection.press]\nfolders = ['press']\n")
    retrieval = replace(settings.retrieval, collections=file)
    (retrieval.seeds / "press").mkdir()
    uploads = Uploads(retrieval.of(Division("press", "press", ("press",))))
    uploads.save("press/from-chat/a.txt", b"One.")
    saved = tmp_path / "divided.zip"
    back_up(saved, replace(settings, retrieval=retrieval), ENV)
    there = machine(tmp_path / "there")
    said = restore(saved, there)
    assert (there.retrieval.seeds / "press" / "from-chat" / "a.txt").read_bytes() == b"One."
    assert (there.retrieval.seeds / "from-chat" / "họp.txt").exists()
    assert Path("collections.toml").read_text() == file.read_text()
    assert "COLLECTIONS has to name this file" in said
