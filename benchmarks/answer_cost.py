"""The time of an answer compared with that of encoding its question, on a synthetic collection.

    python -m benchmarks.answer_cost [--passages 10000]

The collection is composed of parts of real sentences (see `benchmarks.composed`), so that ten
thousand passages need not be encoded. All other code is the retriever's own. Asking and encoding
are timed in turns, on one thread each.
"""

from __future__ import annotations

import argparse

import torch

from benchmarks.composed import DATA, ComposedCollection
from benchmarks.turns import medians
from retrieval.collection.builder import IndexBuilder
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.loading import load_encoder
from retrieval.encoding.sentence_transformers import TorchEncoder
from retrieval.evaluation.dataset import Dataset
from retrieval.processor import Processor
from retrieval.retriever import Retriever

_ASKED = 100


def main() -> None:
    """Print the times of encoding and of answering, and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000)
    size = parser.parse_args().passages
    torch.set_num_threads(1)
    encoder, reference, dataset = (
        load_encoder(),
        TorchEncoder.load(),
        Dataset.load(DATA),
    )
    retriever = _retriever(dataset, encoder, size)
    questions = list(dataset.questions.values())[:_ASKED]
    ways = (encoder.encode_query, reference.encode_query, retriever.ask)
    encoding, by_torch, answering = medians(ways, questions)
    print(Processor.here().described)
    print(f"{size} passages, medians of {len(questions)} questions")
    print(f"encoding the question               {encoding:6.1f} ms")
    print(f"encoding it by torch in float32     {by_torch:6.1f} ms")
    print(f"question -> Answer, all included    {answering:6.1f} ms")
    print(
        f"  of encoding {answering / encoding:.2f}, of encoding by torch {answering / by_torch:.2f}"
    )


def _retriever(dataset: Dataset, encoder: Encoder, size: int) -> Retriever:
    collection = ComposedCollection.of(dataset, encoder)
    index = IndexBuilder(collection).build_temporary(collection.passages(size))
    return Retriever(index, encoder)


if __name__ == "__main__":
    main()
