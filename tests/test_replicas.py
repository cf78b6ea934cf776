"""Three replicas as processes of their own, on one database and behind one address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

from tests.helpers.balancer import Balancer
from tests.helpers.bot_process import SECONDS_TO_START, WITHOUT_MODEL, BotProcess, free_address
from tests.helpers.controlled_server.server import ControlledServer
from tests.helpers.demo_client import JSON, WITHOUT_CERTIFICATES, PersonClient
from tests.helpers.paths import ROOT
from tests.helpers.postgres import PostgresServer

CHATS = 5
QUESTIONS = 6  # in each chat


@pytest.fixture
def server() -> Iterator[ControlledServer]:
    with ControlledServer.running() as server:
        yield server


@contextmanager
def replicas(server: ControlledServer, database: str, folder: Path) -> Iterator[list[BotProcess]]:
    """Run three replicas; what they answer does not matter."""
    addresses = [free_address() for _ in range(3)]
    ports = [int(address.rpartition(":")[2]) for address in addresses]
    with Balancer.running(ports) as balancer, ExitStack() as stack:
        started = []
        for number, address in enumerate(addresses):
            environment = {
                "TELEGRAM_API_URL": server.url,
                "TELEGRAM_BOT_TOKEN": server.token,
                "DATABASE_URL": database,
                "INDEX_DIR": str(folder / "index"),
                "SEEDS_DIR": str(folder),
                "WEBHOOK_URL": f"http://{balancer.address}",
                "WEBHOOK_LISTEN": address,
                "METRICS_LISTEN": free_address(),
                "QUESTIONS_PER_MINUTE": "0",
                "PYTHONPATH": str(ROOT),
            }
            one = BotProcess(environment, folder / f"log{number}.txt", ("-c", WITHOUT_MODEL))
            stack.callback(one.kill)
            one.start()
            started.append(one)
        yield started


def until_healthy(process: BotProcess) -> None:
    deadline = monotonic() + SECONDS_TO_START
    while monotonic() < deadline:
        with suppress(httpx.TransportError):
            url = f"http://{process.environment['METRICS_LISTEN']}/healthz"
            if httpx.get(url, verify=WITHOUT_CERTIFICATES).is_success:
                return
        sleep(0.1)
    raise AssertionError(process.log.read_text())


def test_a_replica_that_is_killed_costs_no_answer_and_no_order(
    server: ControlledServer, postgres: PostgresServer, tmp_path: Path
) -> None:
    asked: defaultdict[int, list[int]] = defaultdict(list)
    answered: defaultdict[int, list[int]] = defaultdict(list)
    with replicas(server, postgres.new_database(), tmp_path) as processes:
        for one in processes:
            until_healthy(one)
        people = [PersonClient.guest(server.url) for _ in range(CHATS)]
        for number in range(QUESTIONS):
            for person in people:
                asked[person.id].append(person.say(f"Câu hỏi {number}?")["message_id"])
            if number == QUESTIONS // 2:
                processes[0].kill()
        while sum(map(len, answered.values())) < CHATS * QUESTIONS:
            reply = people[0].next(is_answer, seconds=60)["data"]["message"]
            heard, question = answered[reply["chat"]["id"]], reply["reply_to_message"]["message_id"]
            if heard[-1:] != [question]:  # the one that it was killed at may be answered again
                heard.append(question)
        assert answered == asked
        assert [one.end() for one in processes[1:]] == [0, 0]


def is_answer(event: JSON) -> bool:
    return "reply_to_message" in (event["data"].get("message") or {})
