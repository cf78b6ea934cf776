"""The slim installation answers without what it leaves out, and names that in one line."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.doctor.machine import LEFT_OUT
from tests.helpers.paths import ROOT

MODULES = {
    "sentence-transformers": "sentence_transformers",
    "huggingface-hub": "huggingface_hub",
    "scikit-learn": "sklearn",
}
NAME = re.compile(r"[\w.-]+")
# None in sys.modules makes an import fail as if the module were not installed.
WITHOUT = (
    "import sys\n"
    f"for name in {[MODULES.get(name, name) for name in LEFT_OUT]}: sys.modules[name] = None\n"
    "from retrieval.__main__ import main\nsys.exit(main(sys.argv[1:]))"
)


def run(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m retrieval` in a folder, without what is left out."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", WITHOUT, *arguments],
        cwd=folder,
        env={"PATH": "", "HOME": str(Path.home()), "PYTHONPATH": str(ROOT), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_list_is_that_of_the_project_without_what_is_left_out() -> None:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    needed = project["project"]["dependencies"]
    extra = [*project["project"]["optional-dependencies"]["postgres"]]
    builds = [*project["build-system"]["requires"], "editables>=0.5"]
    lines = (ROOT / "deploy" / "slim.in").read_text("utf-8").splitlines()
    listed = [line for line in lines if not line.startswith("#")]
    assert sorted(listed) == sorted(
        [line for line in (*needed, *extra, *builds) if NAME.match(line)[0] not in LEFT_OUT]  # type: ignore[index]
    )


def test_a_question_is_answered_without_torch(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "rice.txt").write_text("Rice is the staple food of Vietnam.\n")
    answer = run(tmp_path, "ask", "What is the staple food of Vietnam?")
    assert "**Rice is the staple food of Vietnam.**" in answer.stdout, answer.stderr


@pytest.mark.parametrize("setting", ["ENCODER", "RERANKER"])
def test_another_model_says_what_to_install(tmp_path: Path, setting: str) -> None:
    (tmp_path / "seeds").mkdir()
    answer = run(tmp_path, "index", **{setting: "some/model"})
    assert answer.returncode == 1
    assert answer.stderr == (
        f"{setting} needs sentence_transformers, which a slim installation leaves out: "
        "pip install sentence-transformers, or use the full image.\n"
    )


def test_evaluate_says_what_to_install(tmp_path: Path) -> None:
    answer = run(tmp_path, "evaluate", str(tmp_path))
    assert answer.returncode == 1
    assert answer.stderr == (
        "evaluate needs sklearn.metrics, which a slim installation leaves out: "
        "pip install scikit-learn, or use the full image.\n"
    )
