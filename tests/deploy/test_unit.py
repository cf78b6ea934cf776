"""The unit for systemd: that it is valid, shut off well, and sets what the bot reads."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.paths import ROOT

UNIT = ROOT / "deploy" / "trichdan.service"
ANALYZE = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [str(ANALYZE), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603


@needs_systemd
def test_the_unit_is_valid(tmp_path: Path) -> None:
    stub = tmp_path / "trichdan.service"
    text = UNIT.read_text("utf-8")
    stub.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE))
    run = analyze("verify", stub)
    assert (run.returncode, run.stderr) == (0, "")


@needs_systemd
def test_the_unit_is_shut_off(tmp_path: Path) -> None:
    run = analyze("security", "--offline=true", "--threshold=15", UNIT)
    assert run.returncode == 0, run.stdout.splitlines()[-1]


def test_the_unit_sets_what_the_bot_reads() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    known = set(re.findall(r"^(\w+)=", example, re.MULTILINE))
    told = set(re.findall(r"^Environment=(\w+)=", UNIT.read_text("utf-8"), re.MULTILINE))
    assert told - {"XDG_CACHE_HOME"} <= known
    assert "TELEGRAM_BOT_TOKEN_FILE" in told
