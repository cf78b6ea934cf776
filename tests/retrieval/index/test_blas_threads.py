"""NumPy's BLAS has one thread once an index is open, unless the user wants more."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.collection.builder import IndexBuilder
from retrieval.documents import Document
from retrieval.encoding.cache import VectorCache
from retrieval.passages import passages_of
from tests.helpers.paths import ROOT

_THREADS = """
import sys
from pathlib import Path
from threading import Thread
import {program}
from retrieval.index.file_index import FileIndex
from threadpoolctl import threadpool_info
FileIndex.load(Path(sys.argv[1]))
def show():
    print([one["num_threads"] for one in threadpool_info() if "numpy.libs" in one["filepath"]])
show()
other = Thread(target=show)
other.start()
other.join()
"""


@pytest.fixture
def index(cache: VectorCache, tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    document = Document("a.txt", "ASEAN met Russia online.", language="en")
    IndexBuilder(cache).build(passages_of(document), folder)
    return folder


def threads(program: str, index: Path, **chosen: str) -> list[str]:
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _THREADS.format(program=program), str(index)],
        env=environment | chosen,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return run.stdout.splitlines()


@pytest.mark.parametrize("program", ["bot.__main__", "retrieval.__main__"])
def test_a_product_gets_one_thread_whichever_thread_asks(program: str, index: Path) -> None:
    assert threads(program, index) == ["[1]", "[1]"]


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="OpenBLAS takes no more than there are")
def test_a_product_gets_more_where_its_user_wants_more(index: Path) -> None:
    chosen = {"OPENBLAS_NUM_THREADS": "2"}
    assert threads("retrieval.__main__", index, **chosen) == ["[2]", "[2]"]


@pytest.mark.parametrize("program", ["bot.__main__", "retrieval.__main__"])
def test_a_program_starts_without_numpy(program: str) -> None:
    code = f"import sys, {program}; print(sorted({{'numpy', 'telegram'}} & set(sys.modules)))"
    run = [sys.executable, "-c", code]
    assert subprocess.run(run, check=True, capture_output=True, text=True).stdout == "[]\n"  # noqa: S603
