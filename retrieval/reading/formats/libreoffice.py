"""Old formats (.doc, .xls, .ppt, .wps), which LibreOffice converts to those that are read here.

No kept library reads them all. LibreOffice runs in the reading process's group, so that it ends
with it, and under its limits of memory and time. It has a profile of its own, in which macros and
linked content are off, and no network where the system lets a program give it up. A file of another
format under an old suffix, as many programs write them, is read by its own reader.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from retrieval.reading.draft import Draft
from retrieval.reading.formats import draft_of
from retrieval.refusals import Cause, UnreadableError

_PACKAGES = {
    ".docx": "libreoffice-writer-nogui",
    ".xlsx": "libreoffice-calc-nogui",
    ".pptx": "libreoffice-impress-nogui",
}
CONVERTED: Mapping[str, str] = {".doc": ".docx", ".wps": ".docx", ".xls": ".xlsx", ".ppt": ".pptx"}
_LIBRARIES = {".docx": "libswlo.so", ".xlsx": "libsclo.so", ".pptx": "libsdlo.so"}
_OTHERS: Mapping[bytes, str] = {b"{\\rtf": ".rtf", b"<": ".html", b"\xef\xbb\xbf<": ".html"}
_ZIP = b"PK\x03\x04"
_WITHOUT_NETWORK = ("unshare", "--map-current-user", "--net")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def read_doc(data: bytes) -> Draft:
    """Return what a text of Word 97 holds.

    Raises:
        UnreadableError: LibreOffice is not installed or cannot open it, or it holds no text.
    """
    return _read(data, ".doc", ".docx")


def read_wps(data: bytes) -> Draft:
    """Return what a text of WPS Writer or Works holds; raises as `read_doc` does."""
    return _read(data, ".wps", ".docx")


def read_xls(data: bytes) -> Draft:
    """Return what a workbook of Excel 97 holds; raises as `read_doc` does."""
    return _read(data, ".xls", ".xlsx")


def read_ppt(data: bytes) -> Draft:
    """Return what a presentation of PowerPoint 97 holds; raises as `read_doc` does."""
    return _read(data, ".ppt", ".pptx")


def is_installed(suffix: str = ".docx") -> bool:
    """Tell whether LibreOffice is there with the part that writes files of this suffix.

    Debian installs its parts one by one.
    """
    program = _program()
    if program is None:
        return False
    folder = Path(program).resolve().parent
    has_parts = any((folder / library).exists() for library in _LIBRARIES.values())
    return not has_parts or (folder / _LIBRARIES[suffix]).exists()


def missing_package(old: str) -> str | None:
    """Return the package of Debian that files of a suffix in `CONVERTED` lack here, if any."""
    new = CONVERTED[old]
    return None if is_installed(new) else _PACKAGES[new]


def installed() -> tuple[str, ...]:
    """Return the suffixes of the formats into which LibreOffice can convert here."""
    return tuple(suffix for suffix in _PACKAGES if is_installed(suffix))


def _read(data: bytes, old: str, new: str) -> Draft:
    start = data[:200].lstrip()
    other = next((suffix for sign, suffix in _OTHERS.items() if start.startswith(sign)), "")
    if start.startswith(_ZIP):
        other = new
    return draft_of(data, other) if other else draft_of(_converted(data, old, new), new)


def _converted(data: bytes, old: str, new: str) -> bytes:
    if not is_installed(new):
        raise UnreadableError(Cause.NO_LIBREOFFICE, package=_PACKAGES[new], suffix=new)
    with TemporaryDirectory(prefix="libreoffice-") as name:
        folder = Path(name)
        (folder / f"in{old}").write_bytes(data)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        _run(_command(folder, f"in{old}", new), folder)
        written = folder / "out" / f"in{new}"
        if not written.exists():
            raise UnreadableError(Cause.NOT_CONVERTED, suffix=new)
        return written.read_bytes()


def _command(folder: Path, name: str, new: str) -> list[str]:
    return [
        *_isolation(),
        str(_program()),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--convert-to", new.removeprefix(".")),
        *("--outdir", str(folder / "out"), str(folder / name)),
    ]


def _run(command: Sequence[str], folder: Path) -> None:
    """Run LibreOffice to its end; what it says is of no use to the user."""
    subprocess.run(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,  # the reading process's own pipes are not for it
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
        check=False,
    )


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def _isolation() -> tuple[str, ...]:
    """Return what to write before a command to run it without a network; often it is forbidden."""
    if sys.platform != "linux" or shutil.which(_WITHOUT_NETWORK[0]) is None:
        return ()
    tried = subprocess.run(  # noqa: S603
        [*_WITHOUT_NETWORK, "true"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return _WITHOUT_NETWORK if tried.returncode == 0 else ()
