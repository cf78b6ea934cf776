"""Tesseract, the program that recognises text in pictures: whether it is here, and its call.

It runs as a process of its own, without a wrapper: a picture goes in and a table comes out through
pipes, so no file is written. Its process inherits the worker's limits of memory and time, and is in
the worker's process group, with which the sandbox ends it. See tesseract(1).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.reading.recognition.picture import Picture

LANGUAGES = ("vie", "eng")
_ANSWERS_WITHIN = 20  # seconds, on a busy machine
_VERSION = re.compile(r"tesseract v?(\S+)")
_QUARTERS = re.compile(r"^Rotate: (\d+)", re.MULTILINE)
_SEGMENTED, _ORIENTED = "3", "0"  # page segmentation modes: all text of a page; how it is turned


class TesseractError(Exception):
    """The program took too long, or ended without an answer."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The installed program with the data of both languages."""

    program: str
    version: str

    @classmethod
    def installed(cls) -> Tesseract | None:
        """Return the program, None where it or the data of one of `LANGUAGES` is missing."""
        program = shutil.which("tesseract")
        if program is None:
            return None
        try:
            version = _VERSION.search(_said(program, "--version"))
            known = _said(program, "--list-langs").split()
        except (OSError, subprocess.SubprocessError):
            return None
        is_whole = version is not None and set(LANGUAGES) <= set(known)
        return cls(program, version[1]) if version and is_whole else None

    @property
    def identity(self) -> str:
        """What decides the words that it recognises: its version and its languages."""
        return f"tesseract {self.version} {'+'.join(LANGUAGES)}"

    def table(self, picture: Picture, seconds: float) -> str:
        """Return the words of a picture as the program's table in TSV.

        Raises TesseractError where it takes more than `seconds`, or fails.
        """
        languages = ("-l", "+".join(LANGUAGES))
        return self._run(picture, seconds, *languages, "--psm", _SEGMENTED, "tsv")

    def quarters(self, picture: Picture, seconds: float) -> int:
        """Return by how many quarters, clockwise, the picture is to be turned to be read.

        0 where this cannot be told. Raises TesseractError where it takes more than `seconds`.
        """
        try:
            found = _QUARTERS.search(self._run(picture, seconds, "--psm", _ORIENTED))
        except TesseractError:  # it fails on a page of few letters
            return 0
        return int(found[1]) // 90 if found else 0

    def _run(self, picture: Picture, seconds: float, *options: str) -> str:
        command = [self.program, "stdin", "stdout", "--dpi", str(round(picture.dpi)), *options]
        try:
            done = subprocess.run(  # noqa: S603
                command,
                input=picture.pgm,
                capture_output=True,
                timeout=seconds,
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # more threads wait for each other
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise TesseractError(str(error)) from error
        return done.stdout.decode("utf-8", "replace")


def _said(program: str, option: str) -> str:
    done = subprocess.run(  # noqa: S603
        [program, option], capture_output=True, text=True, timeout=_ANSWERS_WITHIN, check=True
    )
    return done.stdout + done.stderr
