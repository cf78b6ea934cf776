"""What is released: the wheel answers where no repository is, and one place tells the version.

In seconds, the wheel is unpacked and run with the libraries at hand. `make release` names in TRIAL
an environment in which it is installed, and has written the bill of materials beside it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from email.parser import Parser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.helpers.paths import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
TRIAL = os.environ.get("TRIAL", "")
MATERIALS = ROOT / "dist" / "trichdan.cdx.json"
tried = pytest.mark.skipif(not TRIAL, reason="TRIAL names no environment: run make release")
# https://keepachangelog.com/en/1.1.0/
RELEASE = re.compile(r"\[(?P<version>\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d")
CHANGES = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = ("-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder))
    subprocess.run([sys.executable, *build], cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    [file] = folder.iterdir()
    return file


def answer_in(folder: Path, python: str | Path, **settings: str) -> str:
    """Return what `ask` prints in a folder that holds a document and nothing of the project."""
    (folder / "seeds").mkdir()
    (folder / "seeds" / "rice.txt").write_text("Rice is the staple food of Vietnam.\n")
    done = subprocess.run(  # noqa: S603
        [python, "-m", "retrieval", "ask", "What is the staple food of Vietnam?"],
        cwd=folder,
        env={"PATH": "", "HOME": str(Path.home()), **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_answers_where_no_repository_is(wheel: Path, tmp_path: Path) -> None:
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "package")  # noqa: S202 - built a moment ago
    (tmp_path / "elsewhere").mkdir()
    answer = answer_in(tmp_path / "elsewhere", sys.executable, PYTHONPATH=str(tmp_path / "package"))
    assert "**Rice is the staple food of Vietnam.**" in answer


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    files = (path for name in ("bot", "retrieval") for path in (ROOT / name).rglob("*"))
    kept = {
        path.relative_to(ROOT).as_posix()
        for path in files
        if path.is_file() and "__pycache__" not in path.parts
    }
    with ZipFile(wheel) as archive:
        assert {name for name in archive.namelist() if ".dist-info/" not in name} == kept


def test_the_wheel_is_of_the_version_in_pyproject(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = Parser().parsestr(archive.read(name).decode())
    assert (metadata["Name"], metadata["Version"]) == ("trichdan", PROJECT["version"])


def test_the_changelog_keeps_the_convention() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
    first, *releases = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    assert first == "[Unreleased]"
    told = [RELEASE.fullmatch(line) for line in releases]
    versions = [Version(each["version"]) for each in told if each]
    assert len(versions) == len(releases)
    assert versions == sorted(versions, reverse=True)
    assert all(version <= Version(PROJECT["version"]) for version in versions)
    assert {line.removeprefix("### ") for line in lines if line.startswith("### ")} <= CHANGES


@tried
def test_the_installed_wheel_answers(tmp_path: Path) -> None:
    python = Path(TRIAL, "bin", "python").absolute()
    cache = str(tmp_path / "cache")  # empty, so that the encoder is made by this installation
    answer = answer_in(tmp_path, python, XDG_CACHE_HOME=cache)
    assert "**Rice is the staple food of Vietnam.**" in answer


@tried
def test_the_bill_of_materials_names_the_release_and_all_that_it_needs() -> None:
    materials = json.loads(MATERIALS.read_text("utf-8"))
    assert materials["bomFormat"] == "CycloneDX"
    released = materials["metadata"]["component"]
    assert (released["name"], released["version"]) == ("trichdan", PROJECT["version"])
    needed = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
    assert needed <= {canonicalize_name(each["name"]) for each in materials["components"]}
