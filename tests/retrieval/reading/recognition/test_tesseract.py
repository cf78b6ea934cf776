"""Tesseract itself: found, called, and ended when it takes too long."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from retrieval.reading.recognition.picture import Picture
from retrieval.reading.recognition.tesseract import Tesseract, TesseractError
from retrieval.reading.recognition.words import words_in
from tests.helpers.scans import CAN_SCAN, NEEDED, Scan

needs_tesseract = pytest.mark.skipif(not CAN_SCAN, reason=NEEDED)


@pytest.fixture
def tesseract() -> Tesseract:
    installed = Tesseract.installed()
    assert installed is not None
    return installed


def program(folder: Path, *lines: str) -> Path:
    """A program named tesseract that is a shell script."""
    path = folder / "tesseract"
    path.write_text("\n".join(["#!/bin/sh", *lines]) + "\n", "utf-8")
    path.chmod(0o755)
    return path


@needs_tesseract
def test_words_of_both_languages_at_once(tesseract: Tesseract) -> None:
    scan = Scan.of(["Lệ phí mượn sách là hai đồng. The fee is two coins."], height=1.5)
    words = words_in(tesseract.table(Picture(scan.image, scan.dpi), 60))
    assert " ".join(word.text for word in words) == scan.text
    assert min(word.confidence for word in words) > 70
    first, second = words[:2]
    assert 190 < first.left < first.right < second.left
    assert 130 < first.top < first.bottom < 200


def test_without_the_program_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Tesseract.installed() is None


@pytest.mark.parametrize(
    ("known", "version"),
    [("vie\neng", "5.3.0"), ("eng", None), ("vie", None)],
)
def test_both_languages_are_needed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, known: str, version: str | None
) -> None:
    program(tmp_path, f'[ "$1" = --version ] && echo "tesseract 5.3.0" || echo "{known}"')
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    found = Tesseract.installed()
    assert (found and found.version) == version
    assert found is None or found.identity == "tesseract 5.3.0 vie+eng"


def test_a_program_that_does_not_work_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program(tmp_path, "exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    assert Tesseract.installed() is None


@pytest.mark.parametrize("line", ["sleep 60", "exit 1"])
def test_a_picture_that_takes_too_long_or_breaks_the_program(tmp_path: Path, line: str) -> None:
    broken = Tesseract(str(program(tmp_path, f"exec {line}")), "5")
    picture = Picture(Image.new("L", (9, 9)), 200)
    with pytest.raises(TesseractError):
        broken.table(picture, 0.5)
    assert broken.quarters(picture, 0.5) == 0
