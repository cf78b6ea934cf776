"""The lock file: every package of the tested set, at one version, with the hashes of its files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.helpers.paths import ROOT

HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries() -> list[list[str]]:
    """Return the entries of the lock file: what is required, then its hashes."""
    text = (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", " ")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


def declared() -> Iterator[Requirement]:
    """Yield what pyproject.toml asks for, to run, to test and to build."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    for line in (
        *project["project"]["dependencies"],
        *extras["dev"],
        *project["build-system"]["requires"],
    ):
        yield Requirement(line)


@pytest.fixture(scope="module")
def versions() -> dict[str, Version]:
    """The version of each locked package."""
    pins = (Requirement(entry[0]) for entry in entries())
    return {pin.name: Version(str(pin.specifier).removeprefix("==")) for pin in pins}


def test_every_entry_is_one_version_with_its_hashes() -> None:
    for pin, *hashes in entries():
        assert re.fullmatch(r"[a-z0-9-]+==[0-9a-z.+]+", pin)
        assert hashes
        assert all(HASH.fullmatch(each) for each in hashes), pin


@pytest.mark.parametrize("requirement", list(declared()), ids=str)
def test_what_is_asked_for_is_locked(
    requirement: Requirement, versions: dict[str, Version]
) -> None:
    assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)])


def test_nothing_tells_where_packages_were_found() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text("utf-8")
