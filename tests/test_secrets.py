"""The bot through its faults: no secret in what it writes, and at INFO no word of its people."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from telegram import Update

from bot.application import build_application
from bot.settings import Settings, Webhook
from tests.helpers.bot_process import SECONDS_TO_START, WITHOUT_MODEL, BotProcess, free_address
from tests.helpers.controlled_server.server import ControlledServer
from tests.helpers.demo_client import MINH, BotClient, PersonClient
from tests.helpers.fake_telegram import message
from tests.helpers.paths import ROOT
from tests.helpers.samples import FakeRetriever

FAILING = "Câu hỏi nào làm hỏng?"
QUESTION = "Ai chép lại sổ tay?"
EDITED = "Ai giữ sổ tay?"
TYPED = "sổ tay của ai"
UPLOADED = "Bà Trần Thị Lựu giữ chìa khoá."
NAME = "Nguyễn Kín Đáo"
WORDS = (FAILING, QUESTION, EDITED, TYPED, UPLOADED, NAME, "Lựu")
HOOK_SECRET = "s3cret-of-the-h00k"  # noqa: S105
FAILS = f"""
import sys
from tests.helpers import samples
sys.stdout = sys.stderr  # so that both are searched
ask = samples.FakeRetriever.ask
def failing(self, question, *rest):
    if question == {FAILING!r}:
        raise ValueError(question)
    return ask(self, question, *rest)
samples.FakeRetriever.ask = failing
{WITHOUT_MODEL}
"""
FAULTS: tuple[dict[str, object], ...] = (
    {"method": "sendMessage", "code": 500},
    {"method": "sendMessage", "code": 429, "retry_after": 1},
    {"method": "sendMessage", "code": 400},
    {"method": "sendChatAction", "body": '{"ok": tr'},
    {"method": "getUpdates", "code": 502},
    {"method": "getUpdates", "body": "<html>"},
    {"method": "getUpdates", "drop": True},
    {"method": "getMyDescription", "code": 404},
    {"method": "setMyCommands", "code": 400},
)


@dataclass(frozen=True)
class Case:
    """A bot with its files in `folder`, and where its Telegram is."""

    server: ControlledServer
    folder: Path
    level: str = "INFO"

    @property
    def secret(self) -> str:
        """The part of the token that is one."""
        return self.server.token.partition(":")[2]

    def process(self, name: str, **environment: str) -> BotProcess:
        """Return the bot, not started; what it says on standard error goes to a file `name`."""
        given = {
            "PYTHONPATH": str(ROOT),
            "TELEGRAM_API_URL": self.server.url,
            "TELEGRAM_BOT_TOKEN": self.server.token,
            "DATABASE_URL": f"sqlite:///{self.folder}/bot.sqlite3",
            "SEEDS_DIR": str(self.folder / "seeds"),
            "INDEX_DIR": str(self.folder / "index"),
            "ADMIN_IDS": str(MINH),
            "LOG_LEVEL": self.level,
        }
        return BotProcess(given | environment, self.folder / name, ("-c", FAILS))

    def secrets(self) -> set[str]:
        """Return the token as it may be written, its secret part, and those of the webhook."""
        token = self.server.token
        path = Webhook.from_env({"WEBHOOK_URL": "http://127.0.0.1", "TELEGRAM_BOT_TOKEN": token})
        assert path is not None
        hidden = path.url.rpartition("/")[2]
        return {token, self.secret, quote(token, safe=""), hidden, HOOK_SECRET}

    def logs(self) -> str:
        """Return what the processes have said, on standard output and error."""
        return "".join(text.decode() for name, text in self.written() if name.endswith(".log"))

    def written(self) -> Iterator[tuple[str, bytes]]:
        """Yield every file below the folder: logs, metrics, database, index, documents."""
        for file in sorted(self.folder.rglob("*")):
            if file.is_file():
                yield file.name, file.read_bytes()


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    with ControlledServer.running() as server:
        yield Case(server, tmp_path)


def run_by_polling(case: Case) -> None:
    """Let everything go wrong that can, down to the loss of the token, and read the metrics."""
    address = free_address()
    process = case.process("polling.log", METRICS_LISTEN=address)
    person = PersonClient(case.server.url)
    for fault in FAULTS[-2:]:
        person.call("addFault", **fault)
    process.start()
    try:
        assert case.server.online.wait(SECONDS_TO_START), process.log.read_text()
        guest = PersonClient.newcomer(
            case.server.url, person.call("addPerson", first_name=NAME)["id"]
        )
        use(guest, PersonClient.newcomer(case.server.url), case.folder)
        pages = [httpx.get(f"http://{address}/{page}").text for page in ("healthz", "metrics")]
        (case.folder / "pages.txt").write_text("\n".join(pages))
        guest.call("revokeToken")
        assert process.exit_code() == 1
    finally:
        process.kill()


def use(guest: PersonClient, admin: PersonClient, folder: Path) -> None:
    """Ask, edit, type, press and send files, in fair weather and in foul."""
    asked = guest.say(QUESTION)
    answer = guest.reply_to(asked)
    guest.press(answer, "rate:up")
    for fault in FAULTS[:-2]:
        guest.call("addFault", **fault)
    guest.edit(asked, EDITED)
    guest.inline(TYPED)
    guest.ask(QUESTION)
    assert guest.ask(FAILING)["text"].startswith("Có lỗi xảy ra")
    admin.send_file("sổ tay.txt", UPLOADED.encode())
    admin.send_file("sổ tay.zip", b"PK")
    admin.next(lambda event: "zip" in str(event["data"].get("message", {}).get("text", "")))
    with closing(sqlite3.connect(folder / "bot.sqlite3")) as database:
        database.execute("DROP TABLE answers")
    guest.ask(QUESTION)


def run_by_webhook(case: Case) -> None:
    """Refuse updates without the right secret, then end by SIGTERM."""
    address = free_address()
    hook = {"WEBHOOK_URL": f"http://{address}", "WEBHOOK_LISTEN": address}
    process = case.process(
        "webhook.log", **hook, WEBHOOK_SECRET=HOOK_SECRET, DATABASE_URL="sqlite://"
    )
    process.start()
    try:
        url = told_url(case.server)
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guessed"}):
            update = {"update_id": 999, "message": message(QUESTION)}
            transport = httpx.HTTPTransport(retries=5)
            with httpx.Client(transport=transport) as stranger:
                assert stranger.post(url, json=update, headers=headers).status_code == 403
        known = {"X-Telegram-Bot-Api-Secret-Token": HOOK_SECRET}
        assert httpx.post(url, json={"update_id": "x"}, headers=known).status_code >= 400
        assert process.end() == 0
    finally:
        process.kill()


def told_url(server: ControlledServer) -> str:
    """Wait until the bot has said where its webhook is."""
    client, deadline = BotClient(server.url, server.token), time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if url := str(client.call("getWebhookInfo")["url"]):
            return url
        time.sleep(0.05)
    raise TimeoutError


@contextmanager
def running_in_vain(case: Case) -> Iterator[None]:
    """Run meanwhile where the token is refused, and where there is nobody to call."""
    refused = case.process("refused.log", TELEGRAM_BOT_TOKEN=f"1:{case.secret}")
    unheard = case.process("unheard.log", TELEGRAM_API_URL=f"http://{free_address()}")
    unheard.environment["DATABASE_URL"] = "sqlite://"
    try:
        refused.start()
        unheard.start()
        yield
        assert (refused.exit_code(), unheard.exit_code()) == (2, 1)
    finally:
        refused.kill()
        unheard.kill()


def test_no_secret_is_written_whatever_goes_wrong(case: Case) -> None:
    case = replace(case, level="DEBUG")
    with running_in_vain(case):
        run_by_webhook(case)
        run_by_polling(case)
    logs, files = case.logs(), dict(case.written())
    said = ("DEBUG", "ValueError", "has it been revoked?", "answer not remembered", "bot1:***")
    assert [words for words in said if words not in logs] == []
    assert b"trichdan_bot_api_calls" in files["pages.txt"]
    leaks = [
        (name, secret)
        for name, text in files.items()
        for secret in case.secrets()
        if secret.encode() in text
    ]
    assert leaks == []


def test_at_info_nothing_that_people_wrote_is_logged(case: Case) -> None:
    run_by_polling(case)
    logs = case.logs() + (case.folder / "pages.txt").read_text()
    assert "ValueError" in logs
    assert "DEBUG" not in logs
    assert [words for words in WORDS if words in logs] == []


def test_no_repr_holds_a_secret(settings: Settings, retriever: FakeRetriever) -> None:
    webhook = Webhook("https://b.example.org/hook-4f1c", "127.0.0.1", 8443, HOOK_SECRET)
    settings = replace(settings, webhook=webhook)
    application = build_application(settings, retriever)
    update = Update.de_json({"update_id": 1, "message": message(QUESTION)}, application.bot)
    shown = [application, application.bot, application.updater, application.inbox, settings, update]
    text = "".join(f"{thing!r}{thing!s}" for thing in shown)
    assert "DiscreetBot[123456]" in text
    for secret in (settings.token.partition(":")[2], HOOK_SECRET, "hook-4f1c"):
        assert secret not in text
