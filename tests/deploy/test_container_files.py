"""The Dockerfile and compose.yaml are without faults that their checkers know."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.paths import ROOT

BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ("hadolint", "Dockerfile"),
        ("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml"),
    ],
    ids=["Dockerfile", "compose.yaml"],
)
def test_no_fault_is_found(command: tuple[str, ...]) -> None:
    program, *arguments = command
    run = subprocess.run(  # noqa: S603
        [BIN / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
