"""Old formats: converted by LibreOffice where it is installed, and named with its package if not.

LibreOffice itself writes the files of these tests, from files of the new formats.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from pptx import Presentation

from retrieval.reading.formats import libreoffice
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.refusals import Cause, UnreadableError
from retrieval.settings import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
needs = {
    suffix: pytest.mark.skipif(not libreoffice.is_installed(suffix), reason="no LibreOffice")
    for suffix in (".docx", ".xlsx", ".pptx")
}


def old(made: object, suffix: str, folder: Path, kind: str) -> bytes:
    """A document of a library as LibreOffice writes it in an old format."""
    made.save(str(folder / f"a{suffix}"))  # type: ignore[attr-defined]
    profile = (folder / "profile").as_uri()
    subprocess.run(  # noqa: S603
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]  # noqa: S607
        + ["--outdir", str(folder), str(folder / f"a{suffix}")],
        check=True,
        capture_output=True,
    )
    return (folder / f"a.{kind.partition(':')[0]}").read_bytes()


@needs[".docx"]
def test_a_text_of_word_97(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Quy chế làm việc của kho", 0)
    made.add_heading("Giờ mở cửa", 1)
    made.add_paragraph("Kho mở lúc 8 giờ.")
    made.add_paragraph("Giấy", style="List Number")
    made.add_paragraph("Mực", style="List Number")
    with closing(Sandbox(Limits())) as sandbox:
        document = sandbox.parse("a.doc", old(made, ".docx", tmp_path, "doc"))
    assert document.text == (
        "Quy chế làm việc của kho\n\nGiờ mở cửa\n\nKho mở lúc 8 giờ.\n\n1. Giấy\n\n2. Mực"
    )
    assert document.title == "Quy chế làm việc của kho"
    assert [one.span.of(document.text) for one in document.headings][1] == "Giờ mở cửa"


@needs[".xlsx"]
def test_a_workbook_of_excel_97(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in (["Hàng", "Giá"], ["Giấy", 12500000], ["Mực", 9800000]):
        made.active.append(row)
    for cell in ("B2", "B3"):
        made.active[cell].number_format = '#,##0 "đ"'
    document = parse("a.xls", old(made, ".xlsx", tmp_path, "xls"))
    assert document.text == "Hàng | Giá\n\nGiấy | 12,500,000 đ\n\nMực | 9,800,000 đ"
    assert document.tables[0].head.of(document.text) == "Hàng | Giá"


@needs[".pptx"]
def test_a_presentation_of_powerpoint_97(tmp_path: Path) -> None:
    made = Presentation()
    for title in ("Kế hoạch năm tới", "Mục tiêu"):
        made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = title
    document = parse("a.ppt", old(made, ".pptx", tmp_path, "ppt"))
    assert (document.text, document.title) == ("Kế hoạch năm tới\n\nMục tiêu", "Kế hoạch năm tới")
    assert [start.page for start in document.page_starts] == [1, 2]


@needs[".docx"]
@pytest.mark.parametrize("data", [b"", OLE + bytes(600), b"\0" * 5000])
def test_what_libreoffice_cannot_open(data: bytes) -> None:
    with pytest.raises(UnreadableError) as error:
        parse("a.wps", data)
    assert error.value.cause in (Cause.NOT_CONVERTED, Cause.EMPTY)


@pytest.mark.parametrize(
    ("name", "package", "suffix"),
    [
        ("a.doc", "libreoffice-writer-nogui", ".docx"),
        ("a.wps", "libreoffice-writer-nogui", ".docx"),
        ("a.xls", "libreoffice-calc-nogui", ".xlsx"),
        ("a.ppt", "libreoffice-impress-nogui", ".pptx"),
    ],
)
def test_without_libreoffice_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, name: str, package: str, suffix: str
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(UnreadableError) as error:
        parse(name, OLE)
    assert str(error.value) == (
        "its format needs LibreOffice, which is not installed; install it"
        f" (Debian: {package}), or save the file as {suffix}"
    )


def test_a_part_that_debian_has_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "soffice").touch()
    monkeypatch.setattr(shutil, "which", lambda _: str(tmp_path / "soffice"))
    assert libreoffice.is_installed(".xlsx")  # a layout that is not Debian's
    (tmp_path / "libswlo.so").touch()
    assert libreoffice.is_installed(".docx")
    assert not libreoffice.is_installed(".xlsx")


def test_other_formats_under_old_suffixes_need_no_libreoffice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    book, written = openpyxl.Workbook(), BytesIO()
    book.active.append(["They met."])
    book.save(written)
    assert parse("a.xls", written.getvalue()).text == "They met."
    assert parse("a.doc", rb"{\rtf1 They met.\par}").text == "They met."
    page = "<html><body><table><tr><th>Tên<th>Số<tr><td>Lan<td>5</table></body></html>"
    assert parse("a.xls", page.encode()).text == "Tên | Số\n\nLan | 5"


@pytest.mark.skipif(os.name != "posix", reason="no process groups")
def test_it_ends_with_the_reading_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, noted = tmp_path / "soffice", tmp_path / "pids"
    program.write_text(f'#!/bin/sh\nsleep 100 & echo "$$ $!" > {noted}\nwait\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with closing(Sandbox(Limits(parse_seconds=3))) as sandbox:
        with pytest.raises(UnreadableError) as error:
            sandbox.parse("a.doc", OLE)
        assert error.value.cause is Cause.SLOW
        assert sandbox.parse("a.txt", b"They met.").text == "They met."
    for pid in noted.read_text().split():
        assert not _is_running(int(pid))


def _is_running(pid: int) -> bool:
    for _ in range(50):
        with suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                time.sleep(0.1)
                continue
        return False
    return True


def test_macros_and_linked_content_are_off_and_the_profile_is_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for LibreOffice shows what it is started with."""
    program = tmp_path / "soffice"
    program.write_text(
        "#!/bin/sh\nfor each; do case $each in -env:*) profile=${each#*file://};; esac; done\n"
        f'cp "$profile/user/registrymodifications.xcu" {tmp_path}/settings\n'
        f'env > {tmp_path}/environment; echo "$@" > {tmp_path}/arguments\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(program) if name == "soffice" else None)
    with pytest.raises(UnreadableError) as error:
        parse("a.doc", OLE)
    assert error.value.cause is Cause.NOT_CONVERTED
    settings = (tmp_path / "settings").read_text()
    for name in ("DisableMacrosExecution", "BlockUntrustedRefererLinks"):
        assert f'oor:name="{name}" oor:op="fuse"><value>true' in settings
    arguments = (tmp_path / "arguments").read_text().split()
    assert "--headless" in arguments and arguments[-1].endswith("/in.doc")
    home = next(
        line for line in (tmp_path / "environment").read_text().splitlines() if line[:5] == "HOME="
    )
    assert not Path(home.removeprefix("HOME=")).exists()  # it is gone with the conversion
