"""`python -m retrieval index | ask | read | evaluate`: the collection without the bot."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import UserError, full_installation
from retrieval.settings import (
    Division,
    RetrievalSettings,
    checked_collection_url,
    environment,
)

if TYPE_CHECKING:
    from retrieval.collection.collection import Collection

# Exit codes that shells give to programs that a signal ends: 128 and the signal's number.
INTERRUPTED, PIPE_CLOSED = 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status: its own, or that of the error that ends it."""
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    options = _parser().parse_args(arguments)
    try:
        status: int | None = options.run(options)
        sys.stdout.flush()
    except UserError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the program that reads the answers, `head` say, has read enough
        _discard_output()
        return PIPE_CLOSED
    return status or 0


def _discard_output() -> None:
    """Discard the output that is still buffered: Python would fail to write it as it exits.

    See "Note on SIGPIPE" in https://docs.python.org/3/library/signal.html.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def index(options: argparse.Namespace) -> None:
    """Build each index where it does not hold, and say what is in it.

    With `--to` it goes to a database. Where there are no documents, the index in files does.
    """
    from retrieval.encoding.loading import load_encoder
    from retrieval.library import Library
    from retrieval.reading.folder import holds_files
    from retrieval.reranking.loading import load_reranker

    settings = _settings(options)
    if options.to:
        settings = replace(settings, collection_url=checked_collection_url(options.to))
    library = Library(settings, load_encoder(settings.encoder), load_reranker(settings.reranker))
    library.divide(_divisions(settings))
    copies = options.to and not holds_files(settings.seeds)
    for name in library.names:
        collection = library.take_over(name) if copies else library.reopen(name)
        if collection:
            _say_what_is_in(collection, library.settings_of(name))
    library.tell_what_is_outside()


def ask(options: argparse.Namespace) -> None:
    """Answer the question given, or one question a line of standard input."""
    from retrieval.conversation import Conversation
    from retrieval.library import Library
    from retrieval.printing import as_json, as_text

    _speak_utf8()
    settings = _settings(options)
    library = Library.open(settings, _divisions(settings))
    selection = library.select(library.names)
    asked = Conversation(selection) if options.chat else selection
    show = as_json if options.json else as_text
    for question in _questions(options.question):
        print(show(asked.ask(question), options.explain), flush=True)


def read(options: argparse.Namespace) -> int:
    """Print what is read of each file; return 1 where one of them cannot be read."""
    from retrieval.documents import Document
    from retrieval.reading.file import read_files
    from retrieval.reading.report import as_json, as_text

    _speak_utf8()
    show, status = as_json if options.json else as_text, 0
    for result in read_files(options.files, RetrievalSettings.from_env(environment()).limits):
        if isinstance(result, Document):
            print(show(result), flush=True)
        else:
            print(f"Left out: {result.name}: {result.reason}", file=sys.stderr)
            status = 1
    return status


def evaluate(options: argparse.Namespace) -> None:
    """Print the figures of a labelled dataset."""
    from retrieval.encoding.loading import load_encoder
    from retrieval.evaluation.dataset import Dataset
    from retrieval.reranking.loading import load_reranker

    with full_installation("evaluate", "scikit-learn"):
        from retrieval.evaluation.evaluation import Evaluation
    dataset = Dataset.load(options.dataset)
    settings = RetrievalSettings.from_env(environment())
    encoder, reranker = load_encoder(settings.encoder), load_reranker(settings.reranker)
    found = Evaluation.run(dataset, encoder, settings.faiss_index, reranker=reranker)
    if options.json:
        print(json.dumps({"questions": found.questions, **found.figures}))
        return
    width = max(map(len, found.figures))
    print(f"{'questions':<{width}}  {found.questions:>5}")
    for name, value in found.figures.items():
        print(f"{name:<{width}}  {value:.3f}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m retrieval",
        description="Read, build, ask and measure a collection without the bot.",
    )
    commands = parser.add_subparsers(required=True, metavar="index | ask | read | evaluate")
    indexing = commands.add_parser("index", help="build the index where it no longer holds")
    asking = commands.add_parser("ask", help="answer questions with cited excerpts")
    for command in (indexing, asking):
        command.add_argument("--seeds", type=Path, help="the documents' folder (SEEDS_DIR)")
        command.add_argument("--index", type=Path, help="the index's folder (INDEX_DIR)")
    indexing.add_argument(
        "--to", metavar="URL", help="a PostgreSQL database that keeps it (COLLECTION_URL)"
    )
    asking.add_argument("--json", action="store_true", help="one JSON object a line")
    asking.add_argument("--explain", action="store_true", help="what each score is made of")
    asking.add_argument("--chat", action="store_true", help="the lines are one conversation")
    asking.add_argument("question", nargs="?", help="without it: one a line of standard input")
    reading = commands.add_parser("read", help="show what is read of files")
    reading.add_argument("files", type=Path, nargs="+", metavar="FILE")
    reading.add_argument("--json", action="store_true", help="one JSON object a line")
    evaluating = commands.add_parser("evaluate", help="measure on a labelled dataset")
    evaluating.add_argument("dataset", type=Path, help="a folder in the BEIR layout")
    evaluating.add_argument("--json", action="store_true", help="one JSON object")
    indexing.set_defaults(run=index)
    asking.set_defaults(run=ask)
    reading.set_defaults(run=read)
    evaluating.set_defaults(run=evaluate)
    return parser


def _speak_utf8() -> None:
    """Read and write UTF-8, whatever the terminal's encoding."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _settings(options: argparse.Namespace) -> RetrievalSettings:
    settings = RetrievalSettings.from_env(environment())
    return replace(
        settings, seeds=options.seeds or settings.seeds, index=options.index or settings.index
    )


def _divisions(settings: RetrievalSettings) -> tuple[Division, ...]:
    """Return the collections of the file that COLLECTIONS names, none without one."""
    from retrieval.divisions import divisions_in

    return divisions_in(settings.collections, settings.seeds) if settings.collections else ()


def _say_what_is_in(collection: Collection, settings: RetrievalSettings) -> None:
    manifest = collection.manifest
    place = "the database" if settings.collection_url else settings.own_index
    print(
        f"{'Built' if collection.built else 'Up to date'}: {manifest.documents} documents, "
        f"{manifest.passages} passages, {manifest.sentences} sentences in {place}"
    )
    if manifest.refused or manifest.partly_read:
        print(
            f"Files left out: {len(manifest.refused)}. Files read in part: "
            f"{len(manifest.partly_read)}. Standard error says why."
        )


def _questions(given: str | None) -> Iterable[str]:
    return [given] if given is not None else (line.rstrip("\n") for line in sys.stdin)


if __name__ == "__main__":
    sys.exit(main())
