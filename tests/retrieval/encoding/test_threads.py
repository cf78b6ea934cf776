import os
import subprocess
import sys

import pytest

from retrieval.threads import ENVIRONMENT, one_each


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ENVIRONMENT:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def test_a_product_gets_one_thread_unless_its_user_wants_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one_each()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "4")
    one_each()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "4"


@pytest.mark.parametrize("program", ["bot.__main__", "retrieval.__main__"])
def test_a_program_comes_to_ask_for_it_before_numpy_is_imported(program: str) -> None:
    asked = f"import sys, {program}; print(sorted({{'numpy', 'telegram'}} & set(sys.modules)))"
    run = [sys.executable, "-c", asked]
    assert subprocess.run(run, check=True, capture_output=True, text=True).stdout == "[]\n"  # noqa: S603
