"""The alerts and the dashboard: Prometheus takes them, and the bot has what they ask for."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.application import build_application
from bot.delivery.connection import Connection
from bot.monitoring.metrics import Metrics
from bot.running import _show_counts
from bot.search import FAILED
from bot.settings import Settings
from retrieval.answers import Outcome
from tests.helpers.fake_telegram import FakeTelegram
from tests.helpers.markdown_page import MarkdownPage
from tests.helpers.paths import ROOT
from tests.helpers.samples import FakeRetriever

MONITORING = ROOT / "deploy" / "monitoring"
ALERTS = MONITORING / "alerts.yaml"
PROMTOOL = shutil.which("promtool")
PROMETHEUS_OWN = {"up"}
NAME = re.compile(r"\b(?:up|(?:trichdan|process)_\w+)\b")
OUTCOME = re.compile(r'outcome="([^"]*)"')


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load(ALERTS.read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def dashboard() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((MONITORING / "dashboard.json").read_text("utf-8"))
    return loaded


def expressions() -> list[str]:
    panels = dashboard()["panels"]
    shown = [target["expr"] for panel in panels for target in panel["targets"]]
    return [*(rule["expr"] for rule in rules()), *shown]


@pytest.fixture
async def names(settings: Settings, telegram: FakeTelegram) -> set[str]:
    """Return the names of all samples that a bot shows."""
    connection = Connection(Metrics.new())
    application = build_application(settings, FakeRetriever(), telegram, connection)
    _show_counts(connection.metrics, application)
    connection.metrics.called("getMe", "200")
    text = connection.metrics.text().decode()
    assert application.post_shutdown is not None
    await application.post_shutdown(application)
    return {
        sample.name for family in text_string_to_metric_families(text) for sample in family.samples
    }


async def test_the_bot_has_every_metric_that_is_asked_for(names: set[str]) -> None:
    asked = {name for expression in expressions() for name in NAME.findall(expression)}
    assert asked - PROMETHEUS_OWN <= names
    assert {name for name in names if name.startswith("trichdan_updates")} <= asked


def test_every_outcome_that_is_asked_for_can_come() -> None:
    asked = {outcome for expression in expressions() for outcome in OUTCOME.findall(expression)}
    assert asked <= {*Outcome, FAILED, "200"}


def test_every_alert_is_explained() -> None:
    explained = MarkdownPage(ROOT / "docs" / "monitoring.md").first_cells
    alerts = [f"`{rule['alert']}`" for rule in rules()]
    assert len(alerts) == 5
    assert set(alerts) <= set(explained)


def test_no_two_panels_lie_on_each_other() -> None:
    places = [panel["gridPos"] for panel in dashboard()["panels"]]
    cells = [
        (x, y)
        for place in places
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24  # the width of a Grafana dashboard


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed")
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "rules", ALERTS),
        ("test", "rules", Path(__file__).with_name("alerts.test.yaml")),
    ],
    ids=["check", "test"],
)
def test_prometheus_takes_the_alerts(arguments: tuple[str | Path, ...]) -> None:
    done = subprocess.run(  # noqa: S603
        [str(PROMTOOL), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
