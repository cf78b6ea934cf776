"""The image, run as the documentation runs it: read-only, without rights, in 512 MB.

`make image-test` builds it and sets IMAGE; CONTAINER_OPTIONS adds options for `podman run`.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

from tests.helpers.bot_process import SECONDS_TO_START
from tests.helpers.controlled_server.server import ControlledServer
from tests.helpers.demo_client import MINH, PersonClient
from tests.helpers.pdf_bytes import pdf
from tests.helpers.word_bytes import paragraph, word_file

IMAGE = os.environ.get("IMAGE", "")
METRICS = "127.0.0.1:9100"
NAME = "trichdan-test"
pytestmark = pytest.mark.skipif(not IMAGE, reason="IMAGE names no image: run make image-test")
SHUT_OFF = (
    *("--read-only", "--cap-drop=all", "--security-opt=no-new-privileges", "--memory=512m"),
    *("--tmpfs=/tmp", *shlex.split(os.environ.get("CONTAINER_OPTIONS", ""))),
)


def podman(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["podman", *arguments], capture_output=True, text=True, check=False)  # noqa: S603, S607


@pytest.fixture(scope="module")
def server() -> Iterator[ControlledServer]:
    with ControlledServer.running() as server:
        yield server


@pytest.fixture(scope="module")
def bot(server: ControlledServer) -> Iterator[str]:
    """Run the bot in a container, beside the server on this machine's loopback."""
    settings = {
        "TELEGRAM_API_URL": server.url,
        "TELEGRAM_BOT_TOKEN": server.token,
        "ADMIN_IDS": str(MINH),
        "METRICS_LISTEN": METRICS,
    }
    options = (f"--env={name}={value}" for name, value in settings.items())
    podman("rm", "--force", NAME)
    started = podman(
        "run", "--detach", "--network=host", f"--name={NAME}", *SHUT_OFF, *options, IMAGE
    )
    assert started.returncode == 0, started.stderr
    _wait_until_healthy()
    yield NAME
    podman("rm", "--force", "--volumes", NAME)


def _wait_until_healthy() -> None:
    deadline = monotonic() + SECONDS_TO_START
    while monotonic() < deadline:
        try:
            if httpx.get(f"http://{METRICS}/healthz").status_code == 200:
                return
        except httpx.HTTPError:
            pass
        sleep(0.5)
    pytest.fail(podman("logs", NAME).stderr)


def test_it_says_how_it_is_used() -> None:
    run = podman("run", "--rm", "--network=none", *SHUT_OFF, IMAGE, "--help")
    assert run.stdout.startswith("usage: python -m bot"), run.stderr


def test_it_answers_without_a_network_and_without_torch() -> None:
    ask = ("-m", "retrieval", "ask", "--json", "Who chaired the meeting of ministers?")
    run = podman("run", "--rm", "--network=none", *SHUT_OFF, "--entrypoint=python", IMAGE, *ask)
    assert json.loads(run.stdout)["hits"][0]["document"].startswith("desk/"), run.stderr


def test_what_a_slim_image_lacks_is_told_in_one_line() -> None:
    options = ("--rm", "--network=none", *SHUT_OFF, "--env=ENCODER=some/model")
    run = podman("run", *options, "--entrypoint=python", IMAGE, "-m", "retrieval", "index")
    assert (run.returncode, run.stderr.count("\n")) == (1, 1)
    assert "pip install" in run.stderr


def test_a_question_is_answered(bot: str, server: ControlledServer) -> None:
    answer = PersonClient.newcomer(server.url).ask("Ai đồng chủ trì hội nghị tham vấn ASEAN - Nga?")
    assert "Patrushev Nikolai Platonovich" in answer["text"]


@pytest.mark.parametrize("name", ["minutes.pdf", "minutes.docx"])
def test_a_file_is_taken_up(bot: str, server: ControlledServer, name: str) -> None:
    line = f"Mrs Ida Holm keeps the key to room {len(name)}."
    data = pdf([line]) if name.endswith("pdf") else word_file(paragraph(line))
    minh = PersonClient.newcomer(server.url)
    minh.send_file(name, data)
    minh.next(lambda event: "✅" in event["data"].get("message", {}).get("text", ""))
    assert line in minh.ask(f"Who keeps the key to room {len(name)}?")["text"]


def test_nothing_is_written_but_data_and_it_ends_in_time(bot: str) -> None:
    changed = podman("diff", bot).stdout.splitlines()
    written = {line.split(maxsplit=1)[1] for line in changed}
    outside = {path for path in written if not path.startswith(("/data", "/tmp", "/run", "/etc"))}  # noqa: S108
    assert outside == set()
    began = monotonic()
    podman("stop", "--time=15", bot)
    assert monotonic() - began < 12
    state = json.loads(podman("inspect", bot).stdout)[0]["State"]
    assert (state["ExitCode"], state["OOMKilled"]) == (0, False)


def test_the_context_holds_no_secret() -> None:
    ignored = (Path(__file__).parents[2] / ".dockerignore").read_text("utf-8").splitlines()
    assert ignored[1] == "*"
