"""What machine and installation offer: Python, libraries, processor, memory, disk, ports."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.doctor.finding import Finding
from bot.settings import Address, Settings
from retrieval.processor import Processor
from retrieval.storage import cache_folder

DISTRIBUTION = "trichdan"
# A slim installation goes without these. Where a setting needs them, the encoder's finding says so.
LEFT_OUT = frozenset(
    {
        *("torch", "sentence-transformers", "transformers", "safetensors", "tokenizers"),
        *("huggingface-hub", "scikit-learn"),
    }
)
LEAST_PYTHON = (3, 11)
LEAST_DISK, ENOUGH_DISK = 200, 2000  # MB; the encoder's graph alone takes 95
ENOUGH_MEMORY = 600  # MB; the bot on a few documents takes 250 to 380, and reading a file its own
_MEMINFO = Path("/proc/meminfo")
_CGROUP = Path("/sys/fs/cgroup")


def machine_findings(settings: Settings) -> Iterator[Finding]:
    """Yield what is found of the machine and the installation."""
    yield _python()
    yield _libraries()
    yield _processor()
    yield _memory()
    for name, folder in _folders(settings).items():
        yield _folder(name, folder)
    yield _cache()
    yield from _ports(settings)


def _python() -> Finding:
    said = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    if sys.version_info < LEAST_PYTHON:
        return Finding.bad("Python", said, "install Python 3.11 or newer")
    return Finding.good("Python", said)


def _libraries() -> Finding:
    try:
        wanted = [Requirement(line) for line in requires(DISTRIBUTION) or ()]
    except PackageNotFoundError:
        return Finding.bad("libraries", "trichdan is not installed", "pip install --editable .")
    needed = [
        each
        for each in wanted
        if (each.marker is None or each.marker.evaluate()) and not _is_left_out(each.name)
    ]
    wrong = [fault for each in needed if (fault := _fault(each))]
    if wrong:
        return Finding.bad("libraries", "; ".join(wrong), "run pip install --editable . again")
    said = f"trichdan {version(DISTRIBUTION)}, {len(needed)} libraries in their ranges"
    return Finding.good("libraries", said)


def _is_left_out(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return name in LEFT_OUT
    return False


def _fault(wanted: Requirement) -> str:
    try:
        installed = version(wanted.name)
    except PackageNotFoundError:
        return f"{wanted.name} is missing"
    if wanted.specifier.contains(installed, prereleases=True):
        return ""
    return f"{wanted.name} {installed} is not {wanted.specifier}"


def _processor() -> Finding:
    processor = Processor.here()
    if processor.slow:
        return Finding.note(
            "processor", f"{processor.name}: {processor.slow}", "answers take longer"
        )
    return Finding.good("processor", processor.described)


def _memory() -> Finding:
    free = _free_memory()
    if free is None:
        return Finding.note("memory", "cannot be told on this system")
    if free < ENOUGH_MEMORY:
        return Finding.note("memory", f"{free} MB free", f"{ENOUGH_MEMORY} MB are enough")
    return Finding.good("memory", f"{free} MB free")


def _free_memory() -> int | None:
    """Return the free memory in MB: the machine's, or what the container has left if that is less.

    None where the system does not tell. See "Memory Interface Files" in
    https://docs.kernel.org/admin-guide/cgroup-v2.html.
    """
    try:
        lines = dict(line.split(":", 1) for line in _MEMINFO.read_text().splitlines())
        free = int(lines["MemAvailable"].split()[0]) * 1024 // 10**6  # its kB are KiB
    except (OSError, KeyError, ValueError):
        return None
    try:
        limit = int((_CGROUP / "memory.max").read_text())
        left = limit - int((_CGROUP / "memory.current").read_text())
    except (OSError, ValueError):  # no container, or one without a limit ("max")
        return free
    return min(free, left // 10**6)


def _folders(settings: Settings) -> dict[str, Path]:
    folders = {"index's disk": settings.retrieval.index}
    try:
        url = make_url(settings.database_url)
    except ArgumentError:  # the database's own check tells of it
        return folders
    if url.get_backend_name() == "sqlite" and url.database:
        folders["database's disk"] = Path(url.database).absolute().parent
    return folders


def _folder(name: str, folder: Path) -> Finding:
    """Return whether a folder, or the one that it will be made in, can be written and has room."""
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not (there.is_dir() and _is_writable(there)):
        return Finding.bad(name, f"{there} cannot be written", "change its owner or its mode")
    free = shutil.disk_usage(there).free // 10**6
    if free < LEAST_DISK:
        return Finding.bad(name, f"{free} MB free in {there}", "make room")
    if free < ENOUGH_DISK:
        return Finding.note(name, f"{free} MB free in {there}", "make room before it fills up")
    return Finding.good(name, f"{free} MB free in {there}")


def _cache() -> Finding:
    """Return whether the encoder's cache can be filled, or is filled already as in an image."""
    folder = cache_folder()
    if folder.is_dir() and any(folder.iterdir()) and not _is_writable(folder):
        return Finding.good("cache", f"{folder}, filled and read-only")
    return _folder("cache", folder)


def _is_writable(folder: Path) -> bool:
    """Tell whether a file can be made in a folder; a mode alone does not tell for a mount."""
    probe = folder / ".trichdan-doctor"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


def _ports(settings: Settings) -> Iterator[Finding]:
    if settings.metrics:
        yield _port("METRICS_LISTEN", settings.metrics)
    if settings.webhook:
        yield _port("WEBHOOK_LISTEN", Address(settings.webhook.host, settings.webhook.port))


def _port(name: str, address: Address) -> Finding:
    where = f"{address.host}:{address.port}"
    try:
        with socket.create_server((address.host, address.port)):
            return Finding.good(name, f"{where} is free")
    except OSError as error:
        return Finding.bad(
            name, f"{where}: {os.strerror(error.errno or 0)}", "stop what listens there"
        )
