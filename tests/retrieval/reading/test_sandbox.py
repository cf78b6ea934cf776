"""Files parsed in a process of their own: what comes back, and what hangs, eats or crashes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import sleep

import pytest

from retrieval.errors import CollectionError
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.refusals import Cause, UnreadableError
from retrieval.settings import Limits
from tests.helpers.pdf_bytes import Drawn, drawn_pdf, pdf, pdf_of

TEXT = "# Họp báo\n\nBộ trưởng chủ trì.\n\n## Kết quả\n\nĐã nhất trí.\n"
LONG = b"BT /F1 12 Tf 1 0 0 1 10 10 Tm (abc) Tj ET\n" * 10_000
HUNGRY = b" " * 150_000_000


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with closing(Sandbox(Limits(parse_seconds=2, parse_memory_mb=100))) as sandbox:
        yield sandbox


def packed_pdf(drawing: bytes, pages: int = 1) -> bytes:
    """A file of a few kB with so many pages that are each drawn by as much as `drawing`."""
    packed = zlib.compress(drawing)
    kids = b"3 0 R " * pages
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<>>>>"
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        page,
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    )


def refusal(sandbox: Sandbox, name: str, data: bytes) -> tuple[Cause, str]:
    with pytest.raises(UnreadableError) as error:
        sandbox.parse(name, data)
    return error.value.cause, str(error.value)


def test_documents_come_back_as_they_were_parsed(sandbox: Sandbox) -> None:
    document = sandbox.parse("tin/họp.md", TEXT.encode())
    assert document == parse("tin/họp.md", TEXT.encode())
    assert [one.span.of(document.text) for one in document.headings] == ["Họp báo", "Kết quả"]


def test_its_temporary_files_go_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with closing(Sandbox(Limits())) as sandbox:
        sandbox.parse("a.txt", b"They met.")
        (folder,) = tmp_path.iterdir()
        (folder / "left behind").touch()
    assert list(tmp_path.iterdir()) == []


def test_refusals_come_back_with_their_details(sandbox: Sandbox) -> None:
    expected = Cause.DAMAGED, "it is damaged or no .docx file; save it again"
    assert refusal(sandbox, "a.docx", b"no zip") == expected


def test_what_takes_too_long_is_refused_and_the_next_file_read(sandbox: Sandbox) -> None:
    expected = Cause.SLOW, "reading it takes more than 2 s; save its text alone"
    assert refusal(sandbox, "a.pdf", packed_pdf(LONG, pages=1_000)) == expected
    assert sandbox.parse("b.pdf", pdf(["They have met."])).text == "They have met."


def test_what_takes_too_much_memory_is_refused_and_the_next_file_read(sandbox: Sandbox) -> None:
    expected = Cause.MEMORY, "reading it takes more than 100 MB of memory; save its text alone"
    assert refusal(sandbox, "a.pdf", packed_pdf(HUNGRY)) == expected
    assert sandbox.parse("b.txt", b"They have met.").text == "They have met."


def test_a_text_that_is_longer_than_a_file_may_be() -> None:
    with closing(Sandbox(Limits(max_file_mb=1))) as sandbox:
        expected = Cause.LONG, "its text is longer than 1 million characters; split it"
        assert refusal(sandbox, "a.txt", b"Ab. " * 300_000) == expected


def test_a_crash_is_that_files_alone(sandbox: Sandbox) -> None:
    sandbox.parse("a.txt", b"They have met.")
    os.kill(pid_of(sandbox), 9)
    assert refusal(sandbox, "a.txt", b"Text.")[0] is Cause.CRASH
    assert sandbox.parse("b.txt", b"They have met.").text == "They have met."


def test_the_worker_sees_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret")
    with closing(Sandbox(Limits())) as sandbox:
        sandbox.parse("a.txt", b"Text.")
        environment = Path(f"/proc/{pid_of(sandbox)}/environ")
        if not environment.exists():
            pytest.skip("this system does not show processes as files")
        assert b"secret" not in environment.read_bytes()


def test_nothing_is_left_of_the_worker() -> None:
    with closing(Sandbox(Limits())) as sandbox:
        sandbox.parse("a.txt", b"Text.")
        number = pid_of(sandbox)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)  # a zombie would take the signal


def test_what_the_worker_has_started_ends_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program, number = tmp_path / "tesseract", tmp_path / "pid"
    program.write_text(
        "#!/bin/sh\n"
        'case "$1" in --version) echo "tesseract 5.0"; exit;;'
        ' --list-langs) echo "vie eng"; exit;; esac\n'
        f"sleep 600 & echo $! > {number}; wait\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    picture = drawn_pdf(Drawn([], picture=True))
    with closing(Sandbox(Limits(parse_seconds=4))) as sandbox:
        assert refusal(sandbox, "a.pdf", picture)[0] in (Cause.SLOW, Cause.UNREAD)
    with pytest.raises(ProcessLookupError):
        for _ in range(100):  # init may take a moment to bury it
            os.kill(int(number.read_text()), 0)
            sleep(0.1)


@pytest.mark.parametrize(("ocr", "cause"), [(False, Cause.PICTURES_OFF), (True, Cause.PICTURES)])
def test_pictures_are_left_unread_by_a_setting_or_without_the_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ocr: bool, cause: Cause
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with closing(Sandbox(Limits(ocr=ocr))) as sandbox:
        assert refusal(sandbox, "a.pdf", drawn_pdf(Drawn([], picture=True)))[0] is cause


def test_a_worker_that_cannot_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", shutil.which("false"))
    with closing(Sandbox(Limits())) as sandbox:
        with pytest.raises(CollectionError, match="does not start; see the log, and install again"):
            sandbox.parse("a.txt", b"Text.")


def test_a_worker_whose_program_was_killed_ends_without_a_word() -> None:
    command = [
        sys.executable,
        "-m",
        "retrieval.reading.worker",
        "--seconds",
        "9",
        "--memory-mb",
        "999",
    ]
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as nobody:
        done = subprocess.run(command, input=b"", stdout=nobody, stderr=subprocess.PIPE)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, b"")


def pid_of(sandbox: Sandbox) -> int:
    assert sandbox._worker is not None
    return sandbox._worker._process.pid
