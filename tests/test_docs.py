"""The documentation agrees with the code: links, paths, commands, settings, weights, example."""

from __future__ import annotations

import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from packaging.requirements import Requirement

from bot.__main__ import main as bot
from bot.settings import Settings
from retrieval.__main__ import main as retrieval
from retrieval.ranking.scoring import Evidence, RerankedEvidence, SentenceEvidence
from tests.helpers.markdown_page import MarkdownPage
from tests.helpers.paths import ROOT

LONGEST_README = 150  # lines, so that a newcomer reads it to the end
README, SECURITY, CHANGELOG, DEVELOPING, SETTINGS, HOW_IT_WORKS = (
    MarkdownPage(ROOT / name)
    for name in (
        "README.md",
        "SECURITY.md",
        "CHANGELOG.md",
        "docs/developing.md",
        "docs/settings.md",
        "docs/how-it-works.md",
    )
)
DOCS = [MarkdownPage(path) for path in sorted((ROOT / "docs").glob("*.md"))]
each_page = pytest.mark.parametrize(
    "page", [README, SECURITY, CHANGELOG, *DOCS], ids=lambda page: page.path.name
)

FOLDERS = ("bot", "retrieval", "tests", "benchmarks", "docs", "seeds", ".ci")
PATH = re.compile(rf"(?:{'|'.join(map(re.escape, FOLDERS))})/[\w./-]*")
FILE = re.compile(r"[\w.-]+\.(?:py|toml|lock)|\.env\.example")
PACKAGE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
VARIABLE = re.compile(r"`([A-Z]+(?:_[A-Z]+)*)`")
TARGET = re.compile(r"\bmake ([a-z]+)")
RUN = re.compile(r"python -m (?P<module>[\w.]+)(?P<arguments>[^#\n|]*)")
OPTION = re.compile(r"--?[a-z][a-z-]*")
BARE = re.compile(r"(?<![\w./-])(?:python|pip|pytest|ruff|mypy)(?= )")
ACTIVATE = "source .venv/bin/activate"


def test_the_readme_is_short() -> None:
    assert len(README.path.read_text("utf-8").splitlines()) <= LONGEST_README


def test_the_readme_leads_to_every_page() -> None:
    reached = {(ROOT / link).resolve() for link in README.links if not urlsplit(link).scheme}
    assert {page.path for page in (SECURITY, CHANGELOG, *DOCS)} <= reached


@each_page
def test_links_lead_somewhere(page: MarkdownPage) -> None:
    assert [link for link in page.links if not page.leads_somewhere(link)] == []


@each_page
def test_paths_exist(page: MarkdownPage) -> None:
    words = (word for line in page.code for word in line.split())
    paths = (word for word in words if PATH.fullmatch(word) or FILE.fullmatch(word))
    assert [path for path in paths if not exists(path)] == []


@each_page
def test_make_has_the_targets(page: MarkdownPage) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {name for line in page.code for name in TARGET.findall(line)} <= targets


@each_page
def test_modules_can_be_run(page: MarkdownPage) -> None:
    modules = {found["module"] for found in runs(page)}
    assert [module for module in sorted(modules) if not can_be_run(module)] == []


@each_page
def test_commands_take_the_options(page: MarkdownPage, capsys: pytest.CaptureFixture[str]) -> None:
    for found in runs(page):
        words = shlex.split(found["arguments"])
        options = {word for word in words if word.startswith("-")}
        command = [word for word in words[:1] if re.fullmatch("[a-z]+", word)]
        if found["module"] == "bot":
            assert options <= options_of(bot, command, capsys), found[0]
        elif found["module"] == "retrieval":
            assert options <= options_of(retrieval, command, capsys), found[0]
        elif options and found["module"].startswith("benchmarks"):
            assert options <= options_of_process(found["module"]), found[0]


@each_page
def test_commands_name_the_environment_or_it_is_activated_first(page: MarkdownPage) -> None:
    before = itertools.takewhile(lambda line: line != ACTIVATE, page.code)
    assert [line for line in before if BARE.search(line)] == []


@pytest.mark.parametrize(
    ("heading", "evidence"),
    [
        ("part of a passage's score", RerankedEvidence),
        ("part of a sentence's score", SentenceEvidence),
    ],
)
def test_the_parts_of_a_score_and_their_weights_are_listed(
    heading: str, evidence: type[Evidence]
) -> None:
    listed = [(label, float(weight)) for label, weight, _ in HOW_IT_WORKS.table(heading)]
    assert listed == list(evidence.weights().items())


def test_settings_are_those_that_the_code_reads() -> None:
    listed = re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    assert sorted(variables(SETTINGS)) == sorted(listed) == sorted(read_variables())


@each_page
def test_tables_name_only_settings_that_the_code_reads(page: MarkdownPage) -> None:
    assert set(variables(page)) <= read_variables()


def test_every_room_is_described() -> None:
    packages = {
        f"`{path.parent.relative_to(ROOT).as_posix()}/`"
        for root in ("retrieval", "bot", "benchmarks")
        for path in (ROOT / root).rglob("__init__.py")
    }
    assert packages <= set(DEVELOPING.first_cells)


def test_every_dependency_is_explained_and_no_other() -> None:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = project["optional-dependencies"].values()
    required = (*project["dependencies"], *(line for extra in optional for line in extra))
    explained = set(filter(PACKAGE.fullmatch, DEVELOPING.first_cells))
    assert explained == {Requirement(line).name for line in required}


def test_every_benchmark_is_described() -> None:
    files = (ROOT / "benchmarks").rglob("*.py")
    modules = {".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files}
    runnable = {module.removesuffix(".__main__") for module in modules if can_be_run(module)}
    assert runnable <= {found["module"] for found in runs(DEVELOPING)}


def test_the_example_prints_the_answer(tmp_path: Path) -> None:
    # In a folder of its own, because the example builds `data/index` in the working folder.
    [example] = README.blocks("python")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds", ignore=shutil.ignore_patterns("from-chat"))
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", example],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert "đồng chủ trì" in done.stdout
    assert "TTXVN" in done.stdout


def exists(path: str) -> bool:
    """Tell whether a path is there, or for a bare name, a file of that name anywhere."""
    here = (ROOT / path).exists()
    return here or ("/" not in path and any(any((ROOT / f).rglob(path)) for f in FOLDERS))


def runs(page: MarkdownPage) -> Iterator[re.Match[str]]:
    """Yield the places where a page's code runs a module."""
    return (found for line in page.code for found in RUN.finditer(line))


def can_be_run(module: str) -> bool:
    """Tell whether `python -m module` runs something."""
    if (spec := find_spec(module)) is None:
        return False
    if spec.submodule_search_locations is not None:
        return find_spec(f"{module}.__main__") is not None
    source = Path(spec.origin or "").read_text("utf-8")
    return '__name__ == "__main__"' in source or module.endswith(".__main__")


def options_of(
    main: Callable[[list[str]], int], command: list[str], capsys: pytest.CaptureFixture[str]
) -> set[str]:
    """Return the options that a command's help names; fails where there is no such command."""
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0, command
    return set(OPTION.findall(capsys.readouterr().out))


def options_of_process(module: str) -> set[str]:
    """Return the options that the help of a module names; fails where it has no help."""
    spec = find_spec(module)
    assert spec is not None
    assert "ArgumentParser" in Path(spec.origin or "").read_text("utf-8"), module
    asked = [sys.executable, "-m", module, "--help"]
    done = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    return set(OPTION.findall(done.stdout))


def variables(page: MarkdownPage) -> list[str]:
    """Return the settings that a page's tables describe."""
    found = (VARIABLE.fullmatch(cell) for cell in page.first_cells)
    return [name[1] for name in found if name]


class Environment(dict[str, str]):
    """An environment that notes which variables it is asked for."""

    def __init__(self, **values: str) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - as `dict` has it
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return super().__getitem__(key)


@cache
def read_variables() -> frozenset[str]:
    """Return every variable that the code reads; it reads the webhook's where that has a URL."""
    environment = Environment(WEBHOOK_URL="https://example.org")
    Settings.from_env(environment)
    return frozenset(environment.asked)
