"""Freed memory goes back to the system."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from bot.freed_memory import give_back_freed_memory
from tests.helpers.paths import ROOT

MEASURED = """
from benchmarks.process_memory import megabytes
from bot.freed_memory import give_back_freed_memory
from retrieval.encoding.bundled_model.files import graph_folder
from retrieval.encoding.bundled_model.tokenizer import PieceTokenizer

tokenizer = PieceTokenizer.open(graph_folder() / "sentencepiece.model", longest=512)
before = megabytes()
give_back_freed_memory()
print(before - megabytes(), len(tokenizer.encode("Ai chủ trì hội nghị?").ids))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="needs Linux's usual C library")
def test_what_the_tokenizer_needed_to_open_is_given_back() -> None:
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", MEASURED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    given_back, tokens = map(int, run.stdout.split())
    assert given_back >= 10  # MB; about 20 of them
    assert tokens == 8  # it still works


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("ctypes.CDLL", None)  # calling it would fail
    give_back_freed_memory()
