"""What the page asks of the demo's server beside the chats."""

from __future__ import annotations

import pytest

from bot.demo.api import person
from tests.helpers.demo_client import PersonClient


def test_the_suffixes_are_those_of_the_formats(
    minh: PersonClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ".pdf" in minh.call("getDocumentSuffixes")
    monkeypatch.setattr(person, "SUFFIXES", (".txt", ".epub"))
    assert minh.call("getDocumentSuffixes") == [".txt", ".epub"]
