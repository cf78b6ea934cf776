"""Compares retrieval with four libraries on the same passages, questions and encoder.

    make benchmark

Each library is set up as its documentation recommends, once dense and once hybrid. All systems get
the passages of the dataset unchanged. The figures are printed as Markdown tables.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

from tqdm import tqdm

from benchmarks.peers.chart import chart
from benchmarks.peers.peer import Peer, Search
from benchmarks.peers.result import MEASURES, Result
from benchmarks.peers.table import tables
from benchmarks.peers.versions import compared, installed
from retrieval.encoding.bundled_model.files import model_folder
from retrieval.errors import DatasetError, UserError
from retrieval.evaluation.dataset import Dataset

_DATASET = Path(__file__).parents[3] / "shared" / "bench" / "xquad-dev"
_SLICES = ("vi-vi", "en-en", "vi-en", "en-vi", "plain-vi", "mixed")


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print and write the results.

    Returns:
        The exit code: 0, or 1 after an error, which is printed in one line.
    """
    options = _parser().parse_args(arguments)
    try:
        slices = _slices(options.dataset, options.slice or _SLICES)
        model = model_folder()
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    results = [*_ours(slices, model), *_theirs(slices, model)]
    print(tables(results))
    print(f"\nVersions: {', '.join(' '.join(pair) for pair in compared().items())}.")
    if options.json:
        document = {"results": [asdict(r) for r in results], "versions": installed()}
        _write(options.json, json.dumps(document, indent=2) + "\n")
    if options.picture:
        title = "First hit right: share of questions (question language-document language)"
        _write(options.picture, chart(results, "first hit relevant", title))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers", description="Compare retrieval with four libraries."
    )
    parser.add_argument(
        "dataset", type=Path, nargs="?", default=_DATASET, help="its slices' folder"
    )
    parser.add_argument("--slice", action="append", choices=_SLICES, help="this one alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write results and versions")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="write an SVG")
    return parser


def _slices(folder: Path, names: Sequence[str]) -> dict[str, Dataset]:
    if not folder.is_dir():
        raise DatasetError(
            f"{folder} is not there: name a folder that holds {', '.join(names)}, "
            "each a dataset in the BEIR layout."
        )
    return {name: Dataset.load(folder / name) for name in names}


def _ours(slices: Mapping[str, Dataset], model: Path) -> Iterator[Result]:
    from retrieval.encoding.sentence_transformers import TorchEncoder
    from retrieval.evaluation.evaluation import Evaluation

    encoder = TorchEncoder.load(str(model))
    for name, dataset in slices.items():
        figures = Evaluation.run(dataset, encoder).figures
        yield Result("trichdan", name, {measure: figures[measure] for measure in MEASURES})


def _theirs(slices: Mapping[str, Dataset], model: Path) -> Iterator[Result]:
    for load in _peers():
        searches = cache(load(model).searches)  # slices of one collection share its index
        for name, dataset in slices.items():
            for system, search in searches(dataset.documents).items():
                rankings = _rankings(dataset, search, f"{system}, {name}")
                yield Result.of_rankings(system, name, dataset, rankings)


def _peers() -> Iterator[type[Peer]]:
    """Import one library after the other, because each takes seconds, and memory for its model."""
    from benchmarks.peers.txtai import Txtai

    yield Txtai
    from benchmarks.peers.langchain import LangChain

    yield LangChain
    from benchmarks.peers.llamaindex import LlamaIndex

    yield LlamaIndex
    from benchmarks.peers.haystack import Haystack

    yield Haystack


def _rankings(dataset: Dataset, search: Search, label: str) -> dict[str, Sequence[str]]:
    asked = tqdm(dataset.relevant, desc=label, unit=" questions")
    return {query: search(dataset.questions[query]) for query in asked}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
