"""Several sandboxes: files are parsed side by side, each under its own limits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.reading.folder import FolderScan, read_folder
from retrieval.reading.parse_cache import ParseCache
from retrieval.reading.sandbox_pool import SandboxPool
from retrieval.refusals import Cause, UnreadableError
from retrieval.settings import Limits


@pytest.fixture
def pool() -> Iterator[SandboxPool]:
    with closing(SandboxPool(Limits(parse_seconds=20), 2)) as pool:
        yield pool


def workers() -> list[str]:
    """The processes that this one has started to read files."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    commands = [Path(f"/proc/{child}/cmdline").read_bytes() for child in children]
    return [one for one, line in zip(children, commands, strict=True) if b"reading.worker" in line]


def test_threads_parse_side_by_side(pool: SandboxPool) -> None:
    texts = {f"{number}.txt": f"Report number {number} of the harbour." for number in range(6)}
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda name: pool.parse(name, texts[name].encode()), texts))
    assert {one.name: one.text for one in found} == texts


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_files_read_one_by_one_share_a_process_which_ends(pool: SandboxPool) -> None:
    before = set(workers())
    for number in range(3):
        pool.parse("a.txt", f"Report {number}.".encode())
    assert len(set(workers()) - before) == 1
    pool.close()
    assert set(workers()) == before


def test_a_folder_is_read_side_by_side_as_one_by_one(pool: SandboxPool, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Report {number}.", encoding="utf-8")
    (tmp_path / "3.txt").write_text("Report 1.", encoding="utf-8")  # the same text again
    (tmp_path / "4.pdf").write_bytes(b"%PDF-1.4 nothing")
    scan = FolderScan.of(tmp_path, max_mb=1)
    contents = read_folder(scan, ParseCache(pool.parse), at_once=2)
    assert [one.name for one in contents.documents] == ["0.txt", "1.txt", "2.txt", "4.txt"]
    assert [one.name for one in contents.refused] == ["3.txt", "4.pdf"]
    assert contents == read_folder(scan, ParseCache(pool.parse))


def test_each_file_has_its_own_refusal(pool: SandboxPool) -> None:
    with ThreadPoolExecutor(2) as threads:
        refused = threads.submit(pool.parse, "a.txt", b"")
        read = threads.submit(pool.parse, "b.txt", b"Two boats came in.")
        with pytest.raises(UnreadableError) as error:
            refused.result()
    assert error.value.cause is Cause.EMPTY
    assert read.result().text == "Two boats came in."
