"""How near the answers from segments are to those from a whole build of the same documents.

    python -m benchmarks.segmented

One index is built of all documents of ../shared/bench/xquad-dev in both languages. Another one has
every sixth document in a segment beside the others, which is nearly as much as an index takes
before it is built again. Both are asked the same questions.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.composed import DATA
from retrieval.collection.builder import IndexBuilder
from retrieval.collection.near_duplicates import duplicate_groups, sketches_of
from retrieval.documents import Document, Passage
from retrieval.encoding.cache import VectorCache
from retrieval.encoding.loading import load_encoder
from retrieval.evaluation.dataset import Dataset
from retrieval.index.duplicates import Duplicates
from retrieval.index.file_index import FileIndex
from retrieval.passages import passages_of
from retrieval.retriever import Retriever
from retrieval.storage import cache_folder

_BESIDE = 6  # every sixth document


def main() -> None:
    """Build both, ask both and print the differences."""
    encoder, dataset = load_encoder(), Dataset.load(DATA)
    documents = list(dataset.documents)
    with (
        TemporaryDirectory() as folder,
        closing(VectorCache.open(cache_folder() / "evaluation.sqlite", encoder)) as cache,
    ):
        builder = IndexBuilder(cache)
        whole = builder.build_temporary(_passages(documents))
        joined = _joined(builder, documents, Path(folder))
        asked = [Retriever(index, encoder) for index in (whole, joined)]
        questions = [*dataset.questions.values(), *dataset.unanswerable]
        pairs = [[one.ask(question) for one in asked] for question in questions]
    same = np.mean([a.outcome == b.outcome for a, b in pairs])
    hits = [(a.hits[0], b.hits[0]) for a, b in pairs]
    alike = [(one, other) for one, other in hits if one.passage == other.passage]
    differences = np.array([abs(one.score - other.score) for one, other in alike])
    print(f"{len(pairs):,} questions: the same outcome for {same:.4f}")
    print(f"the same first passage for {len(alike) / len(pairs):.4f}")
    print(f"its score differs by {differences.mean():.4f}, at most {differences.max():.3f}")


def _joined(builder: IndexBuilder, documents: list[Document], folder: Path) -> FileIndex:
    """Return an index with every sixth document in a segment of its own."""
    apart = [number % _BESIDE == 0 for number in range(len(documents))]
    parts = [
        [one for one, is_apart in zip(documents, apart, strict=True) if is_apart == beside]
        for beside in (False, True)
    ]
    folder.joinpath("base").mkdir()
    folder.joinpath("new").mkdir()
    base = builder.build(_passages(parts[0]), folder / "base")
    builder.build_segment(_passages(parts[1]), folder / "new", base)
    places = [parts[beside].index(one) for one, beside in zip(documents, apart, strict=True)]
    order = np.array(list(zip(apart, places, strict=True)), dtype=np.int32)
    groups = Duplicates(duplicate_groups(documents, sketches_of(documents)))
    return FileIndex.joined([base, FileIndex.load(folder / "new")], order, groups)


def _passages(documents: list[Document]) -> list[Passage]:
    return [passage for document in documents for passage in passages_of(document)]


if __name__ == "__main__":
    main()
