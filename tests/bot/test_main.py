"""The command line as people run it: a process of its own, against a Bot API on loopback."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import SimpleQueue
from urllib.parse import parse_qsl

import httpx
import pytest

from bot.__main__ import main
from bot.running import StartError
from bot.settings import Settings
from bot.store import StoreError
from retrieval.errors import CollectionError, SettingsError
from tests.conftest import TOKEN
from tests.helpers.bot_process import WITHOUT_MODEL
from tests.helpers.fake_telegram import ME, message
from tests.helpers.paths import ROOT


@dataclass
class BotApi:
    """A Bot API that gives each method the same response each time, and keeps the calls."""

    url: str
    responses: dict[str, tuple[int, object]]
    calls: SimpleQueue[tuple[str, dict[str, str]]]

    def wait_for(self, method: str) -> dict[str, str]:
        """Return the parameters of the next call of `method`, passing over others."""
        while True:
            called, parameters = self.calls.get(timeout=30)
            if called == method:
                return parameters


@pytest.fixture
def bot_api() -> Iterator[BotApi]:
    calls: SimpleQueue[tuple[str, dict[str, str]]] = SimpleQueue()
    responses: dict[str, tuple[int, object]] = {
        "getMe": (200, ME),
        "getMyDescription": (200, {"description": ""}),
        "getMyShortDescription": (200, {"short_description": ""}),
        "getUpdates": (200, []),
        "sendMessage": (200, message("…")),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            method = self.path.rpartition("/")[2]
            calls.put((method, dict(parse_qsl(sent))))
            code, result = responses.get(method, (200, True))
            body = {"ok": code == 200, "result": result, "description": str(result)}
            self.send_response(code)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield BotApi(f"http://127.0.0.1:{server.server_port}", responses, calls)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def environment(tmp_path: Path, bot_api: BotApi) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": bot_api.url,
        "DATABASE_URL": f"sqlite:///{tmp_path}/bot.sqlite3",
        "LOG_LEVEL": "DEBUG",
    }


def start(environment: dict[str, str], folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603
        [sys.executable, *(arguments or ("-c", WITHOUT_MODEL))],
        env=environment,
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_sigterm_ends_the_bot_cleanly_and_the_token_is_nowhere(
    bot_api: BotApi, environment: dict[str, str], tmp_path: Path
) -> None:
    process = start(environment, tmp_path)
    bot_api.wait_for("getUpdates")
    process.send_signal(signal.SIGTERM)
    _, written = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "getUpdates" in written
    assert TOKEN.partition(":")[2] not in written
    assert "Traceback" not in written


def test_a_webhook_takes_updates_only_with_the_secret(
    bot_api: BotApi, environment: dict[str, str], tmp_path: Path
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    hook = {"WEBHOOK_URL": f"http://{address}/hook-4f1c", "WEBHOOK_LISTEN": address}
    process = start(environment | hook, tmp_path)
    told = bot_api.wait_for("setWebhook")
    assert told["url"] == f"http://{address}/hook-4f1c"
    asked = {"update_id": 1, "message": message("Ai dự hội nghị?")}
    secret = {"X-Telegram-Bot-Api-Secret-Token": told["secret_token"]}
    # It listens only after it has told Telegram so.
    with httpx.Client(transport=httpx.HTTPTransport(retries=5)) as telegram:
        assert telegram.post(told["url"], json=asked).status_code == 403
        assert telegram.post(told["url"], json=asked, headers=secret).status_code == 200
    assert bot_api.wait_for("sendMessage")["text"].startswith("<b>[1]</b>")
    process.send_signal(signal.SIGTERM)
    _, written = process.communicate(timeout=30)
    assert process.returncode == 0
    assert told["secret_token"] not in written


def test_a_webhook_s_port_that_is_taken_ends_in_one_line(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        hook = {"WEBHOOK_URL": f"http://{address}", "WEBHOOK_LISTEN": address}
        process = start(environment | hook | {"LOG_LEVEL": "INFO"}, tmp_path)
        _, written = process.communicate(timeout=30)
    assert written.splitlines()[-1] == (
        "error: the webhook cannot listen: [Errno 98] Address already in use"
    )
    assert process.returncode == 1


def test_a_refused_token_ends_in_one_line_before_any_document_is_read(
    bot_api: BotApi, environment: dict[str, str], tmp_path: Path
) -> None:
    bot_api.responses["getMe"] = (401, "Unauthorized")
    settings = {"LOG_LEVEL": "INFO", "SEEDS_DIR": "missing", "ENCODER": "missing"}
    process = start(environment | settings, tmp_path, "-m", "bot")
    _, written = process.communicate(timeout=30)
    assert written == f"error: TELEGRAM_BOT_TOKEN was refused by {bot_api.url}\n"
    assert process.returncode == 2


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder without `.env`, and with no variable of the bot's."""
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "WEBHOOK_URL", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("empty")
def test_a_missing_token_ends_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err == (
        "error: TELEGRAM_BOT_TOKEN is missing: get one from @BotFather, "
        "or try the bot without one by `python -m bot demo`\n"
    )


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SettingsError("TELEGRAM_BOT_TOKEN was refused"), 2),
        (CollectionError("no documents in seeds"), 1),
        (StartError("no network"), 1),
        (StoreError("no database"), 1),
    ],
)
def test_whatever_ends_the_start_is_one_line(
    error: Exception, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("bot.__main__._run_demo", fail)
    assert main(["demo"]) == code
    assert capsys.readouterr().err == f"error: {error}\n"


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(("arguments", "port"), [(["demo"], 8808), (["demo", "--port", "9"], 9)])
def test_the_demo_needs_no_token(
    arguments: list[str], port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = []
    monkeypatch.setattr("bot.monitoring.logs.configure_logging", lambda settings: None)
    monkeypatch.setattr("bot.demo.run.run_demo", lambda *given: ran.append(given))
    assert main(arguments) == 0
    assert ran == [(Settings.for_demo({}), port)]


@pytest.mark.usefixtures("empty")
def test_the_demo_minds_no_wrong_token(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("TELEGRAM_BOT_TOKEN=mine\nWEBHOOK_URL=there\n")
    ran = []
    monkeypatch.setattr("bot.monitoring.logs.configure_logging", lambda settings: None)
    monkeypatch.setattr("bot.demo.run.run_demo", lambda *given: ran.append(given))
    assert main(["demo"]) == 0
    assert ran == [(Settings.for_demo({}), 8808)]


@pytest.mark.parametrize("port", ["-1", "65536", "70000", "http"])
def test_a_port_that_cannot_be_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--port", port])
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith("error: argument --port: must be 0 to 65535\n")


@pytest.mark.usefixtures("empty")
def test_a_wrong_setting_in_the_env_file_ends_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path(".env").write_text("LOG_LEVEL=loud\n")
    assert main(["demo"]) == 2
    assert capsys.readouterr().err == (
        "error: LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL, not 'loud'\n"
    )


def test_help_loads_nothing_heavy() -> None:
    heavy = "{'telegram', 'sqlalchemy', 'torch', 'numpy'}"
    code = (
        "import sys\nfrom bot.__main__ import main\n"
        f"try: main(['--help'])\nfinally: print('heavy:', {heavy} & set(sys.modules))"
    )
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith("usage: python -m bot [-h] COMMAND ...")
    assert run.stdout.endswith("heavy: set()\n")
