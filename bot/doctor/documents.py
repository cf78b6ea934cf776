"""What the documents' folder and the index hold."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath

from bot.access.rules import Rules
from bot.access.rules_file import read_rules
from bot.doctor.finding import Finding
from retrieval.encoding.loading import load_encoder
from retrieval.errors import UserError
from retrieval.home import Home, home_of
from retrieval.reading.folder import FolderScan, holds_files, outside
from retrieval.reading.formats.libreoffice import CONVERTED, missing_package
from retrieval.reading.recognition.tesseract import Tesseract
from retrieval.reranking.loading import load_reranker
from retrieval.settings import Division, Limits, RetrievalSettings

_MOST_NAMED = 5  # files; `python -m retrieval index` names them all


def document_findings(settings: RetrievalSettings) -> Iterator[Finding]:
    """Yield what is found of the documents, the models and the indexes; builds nothing."""
    try:
        rules = read_rules(settings.collections, settings.seeds) if settings.collections else None
    except UserError as error:
        yield Finding.bad("collections", str(error))
        return
    divisions: Sequence[Division | None] = rules.divisions if rules else [None]
    if rules:
        yield from _collections(settings, rules)
    if settings.collection_url and not holds_files(settings.seeds):
        yield Finding.good("documents", "none here: they are read from COLLECTION_URL")
        yield from _models(settings, divisions)
        return
    try:
        scan = FolderScan.of(settings.seeds, settings.limits.max_file_mb)
    except UserError as error:
        yield Finding.bad("documents", str(error))
        return
    readable = sum(file.refusal is None for file in scan.files)
    if not readable:
        yield Finding.bad(
            "documents",
            f"{settings.seeds} holds no file that can be read",
            "put documents there, or set SEEDS_DIR",
        )
        return
    yield Finding.good("documents", f"{readable} files in {settings.seeds}")
    yield _pictures(settings.limits)
    yield from _converter(scan)
    yield from _models(settings, divisions)


def _collections(settings: RetrievalSettings, rules: Rules) -> Iterator[Finding]:
    """Yield which collections there are, and what belongs to none."""
    named = ", ".join(rules.by_name)
    yield Finding.good("collections", f"{len(rules.all)} in {settings.collections}: {named}")
    inside = {folder for one in rules.divisions for folder in one.folders}
    names = outside(settings.seeds, inside)
    if names:
        shown = ", ".join(names[:_MOST_NAMED])
        yield Finding.note("collections", f"{len(names)} files and folders in none: {shown}")


def _pictures(limits: Limits) -> Finding:
    """Return whether text in pictures is read."""
    if not limits.ocr:
        return Finding.good("pictures of text", "not read: OCR=off")
    tesseract = Tesseract.installed()
    if tesseract is None:
        advice = "install Tesseract (on Debian: tesseract-ocr and tesseract-ocr-vie)"
        return Finding.note("pictures of text", "not read", advice)
    return Finding.good("pictures of text", f"read by {tesseract.identity}")


def _converter(scan: FolderScan) -> Iterator[Finding]:
    """Yield whether LibreOffice is there, where files of old formats need it."""
    suffixes = [PurePosixPath(file.name).suffix.lower() for file in scan.files]
    old = [suffix for suffix in suffixes if suffix in CONVERTED]
    if not old:
        return
    if missing := sorted({package for suffix in old if (package := missing_package(suffix))}):
        said = f"not installed; {len(old)} files of old formats need it"
        yield Finding.note("LibreOffice", said, f"install {', '.join(missing)}")
    else:
        yield Finding.good("LibreOffice", f"reads {len(old)} files of old formats")


def _models(settings: RetrievalSettings, divisions: Sequence[Division | None]) -> Iterator[Finding]:
    """Yield what is found of the encoder, the reranker if one is named, and their index."""
    try:
        encoder = load_encoder(settings.encoder)
    except UserError as error:
        yield Finding.bad("encoder", str(error))
        return
    yield Finding.good("encoder", encoder.identity)
    try:
        reranker = load_reranker(settings.reranker)
    except UserError as error:
        yield Finding.bad("reranker", str(error))
        return
    if reranker:
        yield Finding.good("reranker", reranker.identity)
    try:
        home = home_of(settings, encoder, reranker)
    except UserError as error:
        yield Finding.bad("index", str(error))
        return
    for division in divisions:
        yield from _index(settings.of(division), home)


def _index(settings: RetrievalSettings, home: Home) -> Iterator[Finding]:
    try:
        with _silent():  # the findings say what it would log
            collection = home.current(settings)
    except UserError as error:
        yield Finding.bad("index", str(error))
        return
    if collection is None:
        place = "COLLECTION_URL" if settings.collection_url else settings.own_index
        advice = "the next start builds it; python -m retrieval index does so now"
        yield Finding.note("index", f"none in {place} that holds", advice)
        return
    manifest = collection.manifest
    of = f" in {settings.division.name}" if settings.division else ""
    found = f"{manifest.documents} documents, {manifest.passages} passages{of}"
    yield Finding.good("index", found)
    yield from _named("left out", list(manifest.refused))
    yield from _named("read in part", list(manifest.partly_read))


@contextmanager
def _silent() -> Iterator[None]:
    """Let the package log nothing but errors for the moment."""
    logger = logging.getLogger("retrieval")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _named(about: str, lines: list[str]) -> Iterator[Finding]:
    for line in lines[:_MOST_NAMED]:
        yield Finding.note(about, line)
    if len(lines) > _MOST_NAMED:
        more = f"{len(lines) - _MOST_NAMED} more files"
        yield Finding.note(about, more, "python -m retrieval index names them all")
